package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Web pages are let in without a list. */
final class OriginsRequired extends Check {
    OriginsRequired() {
        super("gateway.control_ui.allowed_origins_required");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.exposed()
                && gateway.controlUi()
                && gateway.settings().texts("gateway.controlUi.allowedOrigins").isEmpty()
                && !gateway.settings().on("gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback")) {
            found.accept(
                    critical(
                            "gateway.controlUi.allowedOrigins",
                            "No web origins are named",
                            "The gateway can be reached by others, gateway.controlUi is on, and gateway.controlUi.allowedOrigins is empty.",
                            "Name the origins of your pages in gateway.controlUi.allowedOrigins, or switch gateway.controlUi off."));
        }
    }
}
