package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The token is one that everybody knows. */
final class TokenPlaceholder extends Check {
    TokenPlaceholder() {
        super("gateway.token_placeholder_value");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.activeSecret("token")
                .filter(Examined::placeholder)
                .ifPresent(secret -> found.accept(critical(
                        "gateway.auth.token",
                        "Gateway token is a placeholder",
                        "The token is blank, or a text such as \"undefined\" that a script left behind. Anybody can guess it.",
                        "Set a long random token, for instance from: openssl rand -hex 24")));
    }
}
