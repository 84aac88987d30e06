package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Every web page is let in. */
final class OriginsWildcard extends Check {
    OriginsWildcard() {
        super("gateway.control_ui.allowed_origins_wildcard");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.settings().texts("gateway.controlUi.allowedOrigins").contains("*")) {
            found.accept(criticalIf(
                    gateway.exposed(),
                    "gateway.controlUi.allowedOrigins",
                    "Every web origin is allowed",
                    "gateway.controlUi.allowedOrigins contains \"*\": where no secret is presented, any page in a browser can call the gateway.",
                    "Replace \"*\" with the origins of your pages."));
        }
    }
}
