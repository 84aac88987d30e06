package dev.portcullis.gateway.runtime.operate.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whose a file is. */
final class FileOwner {
    private FileOwner() {}

    /** Empty if it is not there, or this file system has no owners. */
    static Optional<String> of(Path path) {
        try {
            return Files.exists(path)
                            && path.getFileSystem()
                                    .supportedFileAttributeViews()
                                    .contains("posix")
                    ? Optional.of(Files.getOwner(path).getName())
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException unknown) {
            return Optional.empty();
        }
    }

    static boolean isRoot(String owner) {
        return owner.equals("root") || owner.equals("0");
    }
}
