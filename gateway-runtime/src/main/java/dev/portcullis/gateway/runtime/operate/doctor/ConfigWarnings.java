package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ConfigReading;
import java.util.function.Consumer;

/** The configuration holds, but parts of it are probably not meant, or have no effect. */
final class ConfigWarnings extends Check {
    ConfigWarnings() {
        super("portcullis/doctor/config-warnings");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        patient.draft()
                .reading()
                .warnings()
                .forEach(problem -> found.accept(
                        warning(ConfigHolds.message(problem), ConfigHolds.path(problem), problem.advice())));
        if (patient.draft().reading() instanceof ConfigReading.Valid valid
                && !valid.unused().isEmpty()) {
            found.accept(info(
                    "Known to the reference gateway, and without effect here: " + String.join(", ", valid.unused()),
                    patient.places().config(),
                    "Nothing has to be done; see that none of it is counted on."));
        }
    }
}
