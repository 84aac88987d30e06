package dev.portcullis.gateway.runtime.operate.doctor;

import java.nio.file.Files;
import java.util.function.Consumer;

/** The gateway does not serve, or not us. That none runs is wrong only where one is meant to. */
final class GatewayHealth extends Check {
    GatewayHealth() {
        super("core/doctor/gateway-health");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        patient.glance().filter(glance -> !GatewayPort.taken(glance)).ifPresent(glance -> {
            String place = glance.host() + ":" + glance.port();
            switch (glance.state()) {
                case "ok" -> {}
                case "starting", "draining" -> found.accept(info(glance.problem(), place, "Look again in a moment."));
                case "down" ->
                    found.accept(
                            glance.local() && !Files.exists(patient.places().unit())
                                    ? info(glance.problem(), place, "")
                                    : warning(glance.problem(), place, ""));
                case "wrong_port", "refused" -> found.accept(warning(glance.problem(), place, ""));
                default -> found.accept(error(glance.problem(), place, ""));
            }
        });
    }
}
