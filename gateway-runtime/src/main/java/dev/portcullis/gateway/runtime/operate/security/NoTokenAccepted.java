package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** The running gateway asks for nothing. */
final class NoTokenAccepted extends Check {
    NoTokenAccepted() {
        super("portcullis.probe.no_token_accepted");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> answers = gateway.probe()
                .map(probe -> probe.reached(DeepProbe.Kind.NO_TOKEN))
                .orElse(List.of());
        if (!answers.isEmpty()) {
            found.accept(critical(
                    "gateway.auth",
                    "The gateway lets in who has no credential",
                    String.join("\n", answers),
                    "Stop the gateway, and see which configuration it was started with."));
        }
    }
}
