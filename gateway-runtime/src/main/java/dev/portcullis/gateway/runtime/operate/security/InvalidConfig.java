package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** A gateway would not start with this. */
final class InvalidConfig extends Check {
    InvalidConfig() {
        super("portcullis.config.invalid");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> problems = gateway.subject().problems();
        if (!problems.isEmpty()) {
            found.accept(critical(
                    "",
                    "The configuration is not valid",
                    String.join("\n", problems),
                    "Correct it; \"portcullis config validate\" checks it again."));
        }
    }
}
