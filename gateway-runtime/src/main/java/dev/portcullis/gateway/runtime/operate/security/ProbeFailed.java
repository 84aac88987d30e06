package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The running gateway did not answer as one that runs this configuration would. */
final class ProbeFailed extends Check {
    ProbeFailed() {
        super("gateway.probe_failed");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.probe()
                .filter(DeepProbe::failed)
                .ifPresent(
                        probe -> found.accept(
                                warn(
                                        "",
                                        "Probing the gateway failed",
                                        String.join("\n", probe.problems()),
                                        "Start the gateway, or correct --url, --port and the credential; its log says why it refused.")));
    }
}
