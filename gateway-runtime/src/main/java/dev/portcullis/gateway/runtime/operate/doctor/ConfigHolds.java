package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import java.util.function.Consumer;

/** A gateway would not start with the configuration. */
final class ConfigHolds extends Check {
    ConfigHolds() {
        super("core/doctor/gateway-config");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        if (patient.draft().reading() instanceof ConfigReading.Invalid invalid) {
            invalid.errors().forEach(problem -> found.accept(error(message(problem), path(problem), problem.advice())));
        }
    }

    static String message(ConfigProblem problem) {
        boolean placed = !problem.source().isEmpty() && !problem.path().isEmpty();
        String line = problem.line() > 0 ? ":" + problem.line() : "";
        return (placed ? problem.source() + line + ": " : "") + problem.what();
    }

    static String path(ConfigProblem problem) {
        String line = problem.line() > 0 ? ":" + problem.line() : "";
        return problem.path().isEmpty() ? problem.source() + line : problem.path();
    }
}
