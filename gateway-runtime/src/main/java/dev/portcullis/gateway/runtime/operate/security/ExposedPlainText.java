package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Credentials travel readable. */
final class ExposedPlainText extends Check {
    ExposedPlainText() {
        super("portcullis.gateway.exposed_without_tls");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.exposed()
                && !gateway.settings().on("gateway.tls.enabled")
                && !gateway.trustedProxy()
                && !gateway.tailscale("serve")
                && !gateway.tailscale("funnel")
                && !gateway.bind().equals("tailnet")) {
            found.accept(warn(
                    "gateway.tls.enabled",
                    "Others reach the gateway without encryption",
                    "gateway.bind is \"" + gateway.bind()
                            + "\" and gateway.tls is off: whoever is on the way reads the token, arguments and results.",
                    "Set gateway.tls.enabled=true, or bind to loopback behind a proxy that encrypts."));
        }
    }
}
