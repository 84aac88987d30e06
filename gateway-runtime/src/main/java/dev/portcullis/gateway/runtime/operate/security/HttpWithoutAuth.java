package dev.portcullis.gateway.runtime.operate.security;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The HTTP routes let everybody in. */
final class HttpWithoutAuth extends Check {
    HttpWithoutAuth() {
        super("gateway.http.no_auth");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (!gateway.open() || gateway.trustedProxy()) {
            return;
        }
        List<String> routes = new ArrayList<>(List.of("/tools/invoke"));
        if (gateway.settings().on("gateway.http.endpoints.chatCompletions.enabled")) {
            routes.add("/v1/chat/completions");
        }
        if (gateway.settings().on("gateway.http.endpoints.responses.enabled")) {
            routes.add("/v1/responses");
        }
        found.accept(criticalIf(
                gateway.reachableFromElsewhere(),
                "gateway.auth.mode",
                "HTTP routes can be reached without auth",
                "gateway.auth.mode is \"" + gateway.mode()
                        + "\" and nothing is asked for. Reachable without a credential: " + String.join(", ", routes)
                        + ".",
                "Set gateway.auth.mode to token or password. Keep \"none\" to a loopback that only you use."));
    }
}
