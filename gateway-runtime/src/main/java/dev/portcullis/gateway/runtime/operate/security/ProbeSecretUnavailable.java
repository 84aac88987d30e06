package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The gateway was asked without its secret, which is kept where this command cannot read it. */
final class ProbeSecretUnavailable extends Check {
    ProbeSecretUnavailable() {
        super("gateway.probe_auth_secretref_unavailable");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.probe().isEmpty()) {
            return;
        }
        for (String key : gateway.unresolvedSecrets()) {
            found.accept(warn(
                    key,
                    "The gateway was probed without its secret",
                    key + " is a reference that cannot be resolved here.",
                    "Run the audit as the gateway's user and in its environment, or pass --token or --password."));
        }
    }
}
