package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Others can connect, and nobody asks who they are. */
final class BindWithoutAuth extends Check {
    BindWithoutAuth() {
        super("gateway.bind_no_auth");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.exposed() && !gateway.trustedProxy() && gateway.open()) {
            found.accept(critical(
                    "gateway.auth",
                    "Gateway binds beyond loopback without auth",
                    "gateway.bind is \"" + gateway.bind()
                            + "\", and no token, password or trusted proxy protects it. Such a gateway does not start.",
                    "Set gateway.auth.token or gateway.auth.password, or set gateway.bind to \"loopback\"."));
        }
    }
}
