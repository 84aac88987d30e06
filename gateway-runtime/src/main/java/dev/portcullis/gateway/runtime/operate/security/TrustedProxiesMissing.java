package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A proxy in front would not be recognised. */
final class TrustedProxiesMissing extends Check {
    TrustedProxiesMissing() {
        super("gateway.trusted_proxies_missing");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (!gateway.exposed()
                && gateway.controlUi()
                && gateway.settings().texts("gateway.trustedProxies").isEmpty()) {
            found.accept(warn(
                    "gateway.trustedProxies",
                    "No trusted proxies are configured",
                    "gateway.bind is loopback and gateway.trustedProxies is empty. Requests that a proxy passes on are refused until the proxy is listed.",
                    "List the addresses of your proxy in gateway.trustedProxies, or use the page locally only."));
        }
    }
}
