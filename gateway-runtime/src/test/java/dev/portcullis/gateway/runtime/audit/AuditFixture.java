package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Archives as a gateway makes them whose retention was not configured. */
final class AuditFixture {
    static final int ARCHIVES = 5;

    private AuditFixture() {}

    static void shift(Path file) throws IOException {
        AuditFiles.shift(file);
        Files.deleteIfExists(AuditFiles.archive(file, ARCHIVES + 1));
    }
}
