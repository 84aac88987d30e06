package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Two tokens are around; one of them does not work. */
final class EnvironmentToken extends Check {
    EnvironmentToken() {
        super("gateway.env_token_overrides_config");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        String written = gateway.settings().text("gateway.auth.token");
        boolean differs = gateway.variable("GATEWAY_TOKEN")
                .filter(token -> !written.isEmpty() && !token.equals(written))
                .isPresent();
        if (differs && gateway.mode().equals("token")) {
            found.accept(warn(
                    "gateway.auth.token",
                    "Environment token differs from the configured token",
                    "A token is set in the environment (PORTCULLIS_GATEWAY_TOKEN or OPENCLAW_GATEWAY_TOKEN), and another one in"
                            + " gateway.auth.token. The gateway takes the configured one, and commands send the one of the"
                            + " environment.",
                    "Keep one of them: unset the variable, or remove gateway.auth.token."));
        }
    }
}
