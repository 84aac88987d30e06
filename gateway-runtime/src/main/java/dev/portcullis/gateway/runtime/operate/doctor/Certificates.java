package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.TlsConfig;
import dev.portcullis.gateway.runtime.tls.ServerTls;
import dev.portcullis.gateway.runtime.tls.TlsException;
import dev.portcullis.gateway.runtime.tls.TlsFiles;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** The gateway's certificate cannot be used, or does not hold much longer. */
final class Certificates extends Check {
    private static final Duration SOON = Duration.ofDays(14);

    Certificates() {
        super("portcullis/doctor/tls");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        patient.config()
                .flatMap(config -> config.server().tls())
                .ifPresent(tls -> examine(tls, TlsFiles.of(tls, patient.places().stateDir()), found));
    }

    private void examine(TlsConfig tls, TlsFiles files, Consumer<Finding> found) {
        if (tls.autoGenerate() && !Files.exists(files.certificate()) && !Files.exists(files.key())) {
            return;
        }
        String path = files.certificate().toString();
        try {
            Instant end = ServerTls.examine(files);
            Instant now = Instant.now();
            if (end.isBefore(now)) {
                found.accept(error(
                        "The certificate ended at " + end + ": clients refuse it",
                        path,
                        "Replace it; it is read again while the gateway serves."));
            } else if (end.isBefore(now.plus(SOON))) {
                found.accept(warning(
                        "The certificate ends soon: " + end,
                        path,
                        "Replace it; it is read again while the gateway serves."));
            }
        } catch (TlsException unusable) {
            found.accept(error(unusable.text(), path, ""));
        }
    }
}
