package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Records or the log cannot be written. */
final class WritableFiles extends Check {
    WritableFiles() {
        super("portcullis/doctor/files");
    }

    /** The files that grow, by the key that names them. */
    static Map<String, Path> of(Patient patient) {
        Map<String, Path> files = new LinkedHashMap<>();
        Optional<GatewayConfig> config = patient.config();
        config.map(GatewayConfig::audit)
                .filter(audit -> audit.enabled())
                .ifPresent(audit -> files.put(
                        "logging.audit.file",
                        audit.file().orElse(patient.places().stateDir().resolve("audit.jsonl"))));
        config.flatMap(known -> known.logging().file()).ifPresent(file -> files.put("logging.file", file));
        return files;
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        of(patient).forEach((key, file) -> {
            Path there = Nearest.existing(file);
            boolean itself = there.equals(file.toAbsolutePath().normalize());
            boolean right = itself ? !Files.isDirectory(there) : Files.isDirectory(there);
            if (!right || !Files.isWritable(there)) {
                found.accept(error(
                        file + " cannot be written: " + there
                                + (right
                                        ? " is not writable for this user"
                                        : itself ? " is a directory" : " is no directory"),
                        key,
                        "Check the permissions, or name another file with " + key + "."));
            }
        });
    }
}
