package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** The running gateway takes any credential. */
final class WrongTokenAccepted extends Check {
    WrongTokenAccepted() {
        super("portcullis.probe.wrong_token_accepted");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> answers = gateway.probe()
                .map(probe -> probe.reached(DeepProbe.Kind.WRONG_TOKEN))
                .orElse(List.of());
        if (!answers.isEmpty()) {
            found.accept(critical(
                    "gateway.auth",
                    "The gateway lets in who has a wrong credential",
                    String.join("\n", answers),
                    "Stop the gateway, and see which configuration and auth plugins it was started with."));
        }
    }
}
