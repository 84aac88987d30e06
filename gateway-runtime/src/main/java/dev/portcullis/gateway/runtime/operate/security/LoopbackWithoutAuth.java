package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Web pages and every local user get in. */
final class LoopbackWithoutAuth extends Check {
    LoopbackWithoutAuth() {
        super("gateway.loopback_no_auth");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (!gateway.exposed() && gateway.controlUi() && gateway.open()) {
            found.accept(critical(
                    "gateway.auth",
                    "Gateway on loopback has no auth",
                    "gateway.controlUi is on and no auth is configured. If a proxy passes requests on to loopback, everybody behind it is let in.",
                    "Set gateway.auth.mode to token, or keep web pages away with gateway.controlUi.enabled=false."));
        }
    }
}
