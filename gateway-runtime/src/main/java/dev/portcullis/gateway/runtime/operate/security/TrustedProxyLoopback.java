package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Every local process could be the proxy. */
final class TrustedProxyLoopback extends Check {
    TrustedProxyLoopback() {
        super("gateway.trusted_proxy_allow_loopback");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.trustedProxy() && gateway.settings().on("gateway.auth.trustedProxy.allowLoopback")) {
            found.accept(warn(
                    "gateway.auth.trustedProxy.allowLoopback",
                    "Local processes can pose as the proxy",
                    "gateway.auth.trustedProxy.allowLoopback is true: every process on this machine can name any user.",
                    "Use it only for a proxy on the same machine, and where you trust every local user."));
        }
    }
}
