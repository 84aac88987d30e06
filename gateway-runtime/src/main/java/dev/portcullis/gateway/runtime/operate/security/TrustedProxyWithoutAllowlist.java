package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Every user of the proxy gets in. */
final class TrustedProxyWithoutAllowlist extends Check {
    TrustedProxyWithoutAllowlist() {
        super("gateway.trusted_proxy_no_allowlist");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.trustedProxy()
                && gateway.settings()
                        .texts("gateway.auth.trustedProxy.allowUsers")
                        .isEmpty()) {
            found.accept(warn(
                    "gateway.auth.trustedProxy.allowUsers",
                    "Every user of the proxy is let in",
                    "gateway.auth.trustedProxy.allowUsers is empty: whoever the proxy authenticates is an operator here.",
                    "Name the users in gateway.auth.trustedProxy.allowUsers."));
        }
    }
}
