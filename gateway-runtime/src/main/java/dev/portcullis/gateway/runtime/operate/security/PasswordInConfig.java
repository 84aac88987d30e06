package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A password lies in a file. */
final class PasswordInConfig extends Check {
    PasswordInConfig() {
        super("config.secrets.gateway_password_in_config");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        String password = gateway.settings().text("gateway.auth.password");
        boolean elsewhere = gateway.subject().variables().containsValue(password) || password.contains("${");
        if (!password.isEmpty() && !elsewhere) {
            found.accept(warn(
                    "gateway.auth.password",
                    "The gateway password is in the configuration file",
                    "gateway.auth.password is written out. Backups and copies of the file carry it along.",
                    "Move it to PORTCULLIS_GATEWAY_PASSWORD, or to a secret reference."));
        }
    }
}
