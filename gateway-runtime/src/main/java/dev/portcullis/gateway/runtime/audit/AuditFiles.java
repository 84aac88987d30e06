package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.IntStream;

/** An audit file and its archives, which are numbered from the newest: {@code audit.jsonl}, {@code audit.1.jsonl}. */
final class AuditFiles {
    /** As many as the reference gateway keeps of its log. */
    static final int ARCHIVES = 5;

    private AuditFiles() {}

    /** Whether there is one of them. */
    static boolean any(Path file) {
        return IntStream.rangeClosed(0, ARCHIVES).anyMatch(age -> Files.exists(archive(file, age)));
    }

    /** Makes room for a new file; the oldest archive is lost. */
    static void shift(Path file) throws IOException {
        for (int age = ARCHIVES - 1; age >= 0; age--) {
            Path younger = archive(file, age);
            if (Files.exists(younger)) {
                Files.move(younger, archive(file, age + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static Path archive(Path file, int age) {
        if (age == 0) {
            return file;
        }
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(
                dot <= 0 ? name + "." + age : name.substring(0, dot) + "." + age + name.substring(dot));
    }
}
