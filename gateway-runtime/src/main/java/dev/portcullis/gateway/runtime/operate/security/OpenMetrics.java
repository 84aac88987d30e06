package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Local users read what the gateway counts. */
final class OpenMetrics extends Check {
    OpenMetrics() {
        super("portcullis.metrics.open_to_loopback");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.settings().on("diagnostics.metrics.enabled")
                && gateway.settings().on("diagnostics.metrics.openToLoopback")) {
            found.accept(info(
                    "diagnostics.metrics.openToLoopback",
                    "Metrics can be read by every local user",
                    "Names of tools and how often they are called can be read at /metrics without a credential.",
                    "Remove it, and give the scraper a token."));
        }
    }
}
