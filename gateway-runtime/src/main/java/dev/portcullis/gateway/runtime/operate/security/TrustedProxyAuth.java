package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** All depends on the proxy. */
final class TrustedProxyAuth extends Check {
    TrustedProxyAuth() {
        super("gateway.trusted_proxy_auth");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.trustedProxy()) {
            found.accept(
                    critical(
                            "gateway.auth.mode",
                            "A proxy decides who gets in",
                            "gateway.auth.mode is \"trusted-proxy\": whoever can send requests from the address of the proxy can be anybody.",
                            "See that the proxy overwrites its identity headers, that only it can reach the port, and that gateway.trustedProxies names nothing else."));
        }
    }
}
