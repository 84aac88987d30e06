package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The password is one that everybody knows. */
final class PasswordPlaceholder extends Check {
    PasswordPlaceholder() {
        super("gateway.password_placeholder_value");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.activeSecret("password")
                .filter(Examined::placeholder)
                .ifPresent(secret -> found.accept(critical(
                        "gateway.auth.password",
                        "Gateway password is a placeholder",
                        "The password is blank, or a text such as \"undefined\" that a script left behind. Anybody can guess it.",
                        "Set a long random password, for instance from: openssl rand -hex 24")));
    }
}
