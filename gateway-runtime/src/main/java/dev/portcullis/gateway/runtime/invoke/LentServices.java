package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import java.util.Set;

/** What one invocation may use of the gateway: built when asked for, only what its plugin was granted, only while it runs. */
abstract class LentServices implements GatewayServices {
    private final String provider;
    private final Set<String> granted;
    private final Tenure tenure;

    LentServices(String provider, Set<String> granted, Tenure tenure) {
        this.provider = provider;
        this.granted = granted;
        this.tenure = tenure;
    }

    abstract Sessions lentSessions();

    abstract Invoker lentInvoker();

    abstract ConfigView lentConfig();

    @Override
    public final Sessions sessions() {
        require("sessions");
        return lentSessions();
    }

    @Override
    public final Invoker invoker() {
        require("invoker");
        return lentInvoker();
    }

    @Override
    public final ConfigView config() {
        require("config");
        return lentConfig();
    }

    private void require(String service) {
        tenure.require();
        if (!granted.contains(service)) {
            throw new IllegalStateException("The tools of \"" + provider + "\" asked for the service \"" + service
                    + "\", which they were not granted. Add it to plugins.entries." + provider
                    + ".services if they may have it.");
        }
    }
}
