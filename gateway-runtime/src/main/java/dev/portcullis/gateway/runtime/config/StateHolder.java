package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The gateway that uses a state directory. Read from what it left in the lock file, without touching the lock: a command that
 * looks must not keep a gateway from starting.
 *
 * @param address where it listens; empty as long as it does not
 */
public record StateHolder(long pid, Optional<URI> address) {
    /** Clocks of processes and of file systems do not agree to the moment. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** Empty if no gateway runs there, or nothing can be learned about one. */
    public static Optional<StateHolder> of(Path stateDirectory) {
        Path file = stateDirectory.resolve(StateLock.FILE);
        return in(file).filter(holder -> holder.alive(file));
    }

    /** What the last one left there, whether or not it runs; empty if it said good-bye. */
    public static Optional<StateHolder> written(Path stateDirectory) {
        return in(stateDirectory.resolve(StateLock.FILE));
    }

    static Optional<StateHolder> in(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            if (lines.isEmpty() || !lines.getFirst().matches("\\d{1,12}")) {
                return Optional.empty();
            }
            Optional<URI> address = lines.size() > 1 ? Optional.of(URI.create(lines.get(1))) : Optional.empty();
            return Optional.of(new StateHolder(Long.parseLong(lines.getFirst()), address));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether the process that wrote the file lives; another one that got its number later started after that. */
    private boolean alive(Path file) {
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant().plus(TOLERANCE);
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .startInstant()
                            .filter(written::isBefore)
                            .isEmpty())
                    .isPresent();
        } catch (IOException gone) {
            return false;
        }
    }
}
