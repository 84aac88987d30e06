package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** The running gateway has another deny list than this configuration. */
final class BlockedToolReached extends Check {
    BlockedToolReached() {
        super("portcullis.probe.blocked_tool_reached");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> answers = gateway.probe()
                .map(probe -> probe.reached(DeepProbe.Kind.BLOCKED))
                .orElse(List.of());
        if (!answers.isEmpty()) {
            found.accept(critical(
                    "gateway.tools",
                    "A tool that has to be hidden runs over HTTP",
                    String.join("\n", answers),
                    "Stop the gateway, and see which configuration it was started with."));
        }
    }
}
