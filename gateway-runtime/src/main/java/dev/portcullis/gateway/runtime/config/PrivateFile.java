package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** New files that only their owner can read. */
final class PrivateFile {
    private PrivateFile() {}

    /** Puts a text where another file may be, in one step. */
    static void write(String text, Path to) throws IOException {
        Path made = beside(to, ".copy");
        Files.writeString(made, text);
        Files.move(made, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** An empty file in the same folder. */
    static Path beside(Path file, String suffix) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        return Files.createTempFile(folder, ".config-", suffix, OwnerOnly.file(folder));
    }
}
