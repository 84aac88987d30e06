package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A token lies in a file. */
final class HooksTokenInConfig extends Check {
    HooksTokenInConfig() {
        super("config.secrets.hooks_token_in_config");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        String token = gateway.settings().text("hooks.token");
        boolean elsewhere = gateway.subject().variables().containsValue(token) || token.contains("${");
        if (!token.isEmpty() && !elsewhere) {
            found.accept(info(
                    "hooks.token",
                    "The token of hooks is in the configuration file",
                    "hooks.token is written out. Portcullis has no hooks, so it serves no purpose here.",
                    "Remove it, or name a variable: \"${HOOKS_TOKEN}\"."));
        }
    }
}
