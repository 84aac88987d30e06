package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Whoever may send a webhook to a gateway that shares this file may call every tool of this one. */
final class HooksTokenReused extends Check {
    HooksTokenReused() {
        super("hooks.token_reuse_gateway_token");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        String hooks = gateway.settings().text("hooks.token");
        boolean reused = !hooks.isEmpty()
                && gateway.activeSecret("token")
                        .or(() -> gateway.activeSecret("password"))
                        .filter(hooks::equals)
                        .isPresent();
        if (reused && gateway.settings().on("hooks.enabled")) {
            found.accept(critical(
                    "hooks.token",
                    "The gateway's secret is the token of webhooks too",
                    "hooks.token is the same as what opens this gateway: whoever sends webhooks can call its tools.",
                    "Give webhooks a token of their own, and renew the gateway's."));
        }
    }
}
