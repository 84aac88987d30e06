package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** No address counts as the proxy. */
final class TrustedProxyWithoutProxies extends Check {
    TrustedProxyWithoutProxies() {
        super("gateway.trusted_proxy_no_proxies");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.trustedProxy()
                && gateway.settings().texts("gateway.trustedProxies").isEmpty()) {
            found.accept(critical(
                    "gateway.trustedProxies",
                    "Trusted-proxy auth without proxies",
                    "gateway.auth.mode is \"trusted-proxy\" and gateway.trustedProxies is empty, so every request is refused. Such a gateway does not start.",
                    "List the addresses of the proxy in gateway.trustedProxies."));
        }
    }
}
