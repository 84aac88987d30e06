package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.DiagnosticsConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What a running gateway cannot change: where it listens, how it authenticates in principle, where its logs go.
 *
 * @param live the wanted configuration with the running values of these
 * @param keys what was changed in vain
 */
public record RestartOnly(GatewayConfig live, List<String> keys) {
    /** Compares what runs with what is wanted. */
    public static RestartOnly of(GatewayConfig running, GatewayConfig wanted) {
        List<String> keys = new ArrayList<>();
        ServerConfig then = running.server();
        ServerConfig now = wanted.server();
        changed(keys, "gateway.port", then.port(), now.port());
        changed(keys, "gateway.bind", then.bind(), now.bind());
        changed(keys, "gateway.customBindHost", then.customBindHost(), now.customBindHost());
        changed(keys, "gateway.tls", then.tls(), now.tls());
        changed(keys, "gateway.auth.mode", running.auth().mode(), wanted.auth().mode());
        changed(keys, "logging", running.logging(), wanted.logging());
        changed(keys, "logging.audit", running.audit(), wanted.audit());
        changed(
                keys,
                "diagnostics.otel",
                running.diagnostics().otel(),
                wanted.diagnostics().otel());
        AuthConfig auth = running.auth().mode().equals(wanted.auth().mode()) ? wanted.auth() : running.auth();
        GatewayConfig live = new GatewayConfig(
                wanted.document(),
                new ServerConfig(
                        then.port(),
                        then.bind(),
                        then.customBindHost(),
                        now.trustedProxies(),
                        now.allowRealIpFallback(),
                        now.strictTransportSecurity(),
                        now.drain(),
                        then.tls(),
                        now.publicOrigin(),
                        now.basePath()),
                auth,
                wanted.httpTools(),
                wanted.invoke(),
                wanted.tools(),
                wanted.agents(),
                wanted.channels(),
                wanted.session(),
                wanted.plugins(),
                running.logging(),
                running.audit(),
                new DiagnosticsConfig(
                        wanted.diagnostics().metrics(), running.diagnostics().otel()),
                wanted.remote());
        return new RestartOnly(live, List.copyOf(keys));
    }

    private static void changed(List<String> keys, String key, Object then, Object now) {
        if (!then.equals(now)) {
            keys.add(key);
        }
    }
}
