package dev.portcullis.gateway.runtime.operate.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** POSIX permissions of a file, links followed. */
record FileMode(Set<PosixFilePermission> permissions) {
    /** Empty if it does not exist, cannot be examined, or has no such permissions. */
    static Optional<FileMode> of(Path path) {
        try {
            return Files.exists(path)
                            && path.getFileSystem()
                                    .supportedFileAttributeViews()
                                    .contains("posix")
                    ? Optional.of(new FileMode(Files.getPosixFilePermissions(path)))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    boolean has(PosixFilePermission permission) {
        return permissions.contains(permission);
    }

    int bits() {
        int bits = 0;
        for (char letter : PosixFilePermissions.toString(permissions).toCharArray()) {
            bits = (bits << 1) | (letter == '-' ? 0 : 1);
        }
        return bits;
    }

    String octal() {
        return Integer.toOctalString(bits());
    }
}
