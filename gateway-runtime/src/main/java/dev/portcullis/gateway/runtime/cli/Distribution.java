package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.Optional;

/** The unpacked archive that this process was started from. */
final class Distribution {
    private Distribution() {}

    /** As {@code bin/portcullis} says it. */
    static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty("portcullis.home")).map(Path::of);
    }
}
