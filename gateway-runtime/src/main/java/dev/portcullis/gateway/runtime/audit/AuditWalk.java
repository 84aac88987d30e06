package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An audit file and its archives, the newest first, each once, also while a gateway archives: that only ever gives them higher
 * numbers, so that none is missed, and one that was seen under a lower one is not seen again.
 */
final class AuditWalk implements AutoCloseable {
    private final Path file;
    private final Function<BasicFileAttributes, @Nullable Object> keys;
    private final List<AuditFile> seen = new ArrayList<>();
    private Path here;
    private int age;

    AuditWalk(Path file, Function<BasicFileAttributes, @Nullable Object> keys) {
        this.file = file;
        this.here = file;
        this.keys = keys;
    }

    /** The next one; it is open as long as the walk is. */
    Optional<AuditFile> next() throws IOException {
        while (age <= AuditFiles.ARCHIVES) {
            here = AuditFiles.archive(file, age++);
            Optional<AuditFile> one = AuditFile.open(here, keys);
            if (one.isPresent()) {
                boolean known = isKnown(one.get());
                seen.add(one.get());
                if (!known) {
                    return one;
                }
            }
        }
        return Optional.empty();
    }

    /** What the last one was called. */
    Path here() {
        return here;
    }

    private boolean isKnown(AuditFile one) throws IOException {
        for (AuditFile before : seen) {
            if (before.is(one)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        for (AuditFile one : seen) {
            one.close();
        }
    }
}
