package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The token can be guessed. */
final class TokenTooShort extends Check {
    private static final int ENOUGH = 24;

    TokenTooShort() {
        super("gateway.token_too_short");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.activeSecret("token")
                .filter(secret -> secret.length() < ENOUGH && !Examined.placeholder(secret))
                .ifPresent(secret -> found.accept(warn(
                        "gateway.auth.token",
                        "Gateway token looks short",
                        "The token has " + secret.length() + " characters; " + ENOUGH
                                + " are the least that is advisable.",
                        "Set a long random token, for instance from: openssl rand -hex 24")));
    }
}
