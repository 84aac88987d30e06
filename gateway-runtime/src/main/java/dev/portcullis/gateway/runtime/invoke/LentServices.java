package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import java.util.Set;
import java.util.function.Supplier;

/** What one invocation may use of the gateway: built when asked for, only what its plugin was granted, only while it runs. */
record LentServices(
        String provider,
        Set<String> granted,
        Tenure tenure,
        Supplier<Sessions> lentSessions,
        Supplier<Invoker> lentInvoker,
        Supplier<ConfigView> lentConfig)
        implements GatewayServices {
    @Override
    public Sessions sessions() {
        return granted("sessions", lentSessions);
    }

    @Override
    public Invoker invoker() {
        return granted("invoker", lentInvoker);
    }

    @Override
    public ConfigView config() {
        return granted("config", lentConfig);
    }

    private <T> T granted(String service, Supplier<T> lent) {
        tenure.require();
        if (!granted.contains(service)) {
            throw new IllegalStateException("The tools of \"" + provider + "\" asked for the service \"" + service
                    + "\", which they were not granted. Add it to plugins.entries." + provider
                    + ".services if they may have it.");
        }
        return lent.get();
    }
}
