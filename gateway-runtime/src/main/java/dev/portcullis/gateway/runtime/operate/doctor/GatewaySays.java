package dev.portcullis.gateway.runtime.operate.doctor;

import java.util.function.Consumer;

/** What the running gateway itself warns of: reloads that were skipped, keys that take a restart, policy and plugins. */
final class GatewaySays extends Check {
    GatewaySays() {
        super("portcullis/doctor/running-gateway");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        patient.glance()
                .ifPresent(glance -> glance.warnings()
                        .forEach(text -> found.accept(warning(text, glance.host() + ":" + glance.port(), ""))));
    }
}
