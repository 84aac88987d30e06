package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The password can be guessed. */
final class PasswordTooShort extends Check {
    private static final int ENOUGH = 24;

    PasswordTooShort() {
        super("gateway.password_too_short");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.activeSecret("password")
                .filter(secret -> secret.length() < ENOUGH && !Examined.placeholder(secret))
                .ifPresent(secret -> found.accept(warn(
                        "gateway.auth.password",
                        "Gateway password looks short",
                        "The password has " + secret.length() + " characters; " + ENOUGH
                                + " are the least that is advisable.",
                        "Set a long random password, for instance from: openssl rand -hex 24")));
    }
}
