package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** Callers choose the session. */
final class SessionKeyOverride extends Check {
    SessionKeyOverride() {
        super("gateway.http.session_key_override_enabled");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> on = List.of("chatCompletions", "responses").stream()
                .filter(name -> gateway.settings().on("gateway.http.endpoints." + name + ".enabled"))
                .toList();
        if (!on.isEmpty()) {
            found.accept(info(
                    "gateway.http.endpoints." + on.getFirst() + ".enabled",
                    "HTTP callers can choose the session",
                    "Endpoints that take a session key from a header are switched on: " + String.join(", ", on) + ".",
                    "Treat everybody who holds the credential as trusted with every session."));
        }
    }
}
