package dev.portcullis.gateway.runtime.operate.doctor;

import java.util.Optional;
import java.util.function.Consumer;

/** One thing to look at. Changes nothing. */
abstract class Check {
    private final String id;

    /** @param id stable; {@code core/doctor/…} where the reference gateway has such a check, else {@code portcullis/doctor/…} */
    Check(String id) {
        this.id = id;
    }

    final String id() {
        return id;
    }

    abstract void examine(Patient patient, Consumer<Finding> found);

    final Finding error(String message, String path, String fixHint) {
        return new Finding(id, Severity.ERROR, message, path, fixHint, Optional.empty());
    }

    final Finding warning(String message, String path, String fixHint) {
        return new Finding(id, Severity.WARNING, message, path, fixHint, Optional.empty());
    }

    final Finding info(String message, String path, String fixHint) {
        return new Finding(id, Severity.INFO, message, path, fixHint, Optional.empty());
    }

    final Finding repairable(Severity severity, String message, String path, String fixHint, Repair repair) {
        return new Finding(id, severity, message, path, fixHint, Optional.of(repair));
    }
}
