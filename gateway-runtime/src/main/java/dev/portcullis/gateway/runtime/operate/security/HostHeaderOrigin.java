package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A page chooses the origin it is compared with. */
final class HostHeaderOrigin extends Check {
    HostHeaderOrigin() {
        super("gateway.control_ui.host_header_origin_fallback");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.settings().on("gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback")) {
            found.accept(criticalIf(
                    gateway.exposed(),
                    "gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback",
                    "The Host header decides which origin is allowed",
                    "gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback is true, which opens the gateway to DNS rebinding.",
                    "Remove it, and name origins in gateway.controlUi.allowedOrigins."));
        }
    }
}
