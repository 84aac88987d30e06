package dev.portcullis.gateway.runtime.operate.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** What there is of a path. */
final class Nearest {
    private Nearest() {}

    /** The path itself, or the nearest folder above that exists. */
    static Path existing(Path path) {
        Path at = path.toAbsolutePath().normalize();
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }
}
