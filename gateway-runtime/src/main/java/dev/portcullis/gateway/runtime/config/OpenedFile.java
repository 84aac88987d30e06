package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written for long, and may be moved away or emptied by others meanwhile, as programs that rotate logs do. For the
 * rooms that write one. One thread.
 */
public final class OpenedFile {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    /** What became of it. */
    public enum State {
        AS_IT_WAS,
        /** Others took bytes out of it. */
        EMPTIED,
        /** Another file has its name, or none. */
        MOVED
    }

    private final Path file;
    private final @Nullable Object key;
    private long lookedAt = System.nanoTime();

    /** Of a file that was just opened. */
    public OpenedFile(Path file) throws IOException {
        this.file = file;
        this.key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /**
     * Looks, but not more often than once a second.
     *
     * @param written bytes it must have
     */
    public State glance(long written) {
        long now = System.nanoTime();
        if (now - lookedAt < PAUSE) {
            return State.AS_IT_WAS;
        }
        return look(written);
    }

    /** Looks at once. */
    public State look(long written) {
        lookedAt = System.nanoTime();
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!Objects.equals(key, now.fileKey())) {
                return State.MOVED;
            }
            return now.size() < written ? State.EMPTIED : State.AS_IT_WAS;
        } catch (IOException gone) {
            return State.MOVED;
        }
    }
}
