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
 * An audit file and its archives, those with nothing in them left out, the newest first, each once, also while a gateway archives:
 * that only ever gives them higher numbers, so that none is missed. Files that are younger than the first are not among them.
 */
final class AuditWalk implements AutoCloseable {
    private final Path file;
    private final Function<BasicFileAttributes, @Nullable Object> keys;
    private final List<AuditFile> opened = new ArrayList<>();
    private Path here;
    private @Nullable AuditFile last;

    /** The number that the last one had. */
    private int place = -1;

    AuditWalk(Path file, Function<BasicFileAttributes, @Nullable Object> keys) {
        this.file = file;
        this.here = file;
        this.keys = keys;
    }

    /** The next one; it is open as long as the walk is. */
    Optional<AuditFile> next() throws IOException {
        for (int age = place + 1; age <= AuditFiles.oldest(file); age++) {
            here = AuditFiles.archive(file, age);
            Optional<AuditFile> older = open(here);
            if (older.isEmpty()) {
                continue;
            }
            // asked after the older one was opened: what was behind the last one then is older
            int now = placeOfLast();
            if (now == place) {
                last = older.get();
                place = age;
                return older;
            }
            place = now;
            age = now;
        }
        return Optional.empty();
    }

    /** Where archiving has brought the last one. */
    private int placeOfLast() throws IOException {
        if (last == null) {
            return place;
        }
        int oldest = AuditFiles.oldest(file);
        for (int age = place; age <= oldest; age++) {
            if (isLast(AuditFiles.archive(file, age), last)) {
                return age;
            }
        }
        return Math.max(place, oldest);
    }

    private boolean isLast(Path path, AuditFile wanted) throws IOException {
        Optional<AuditFile> there = AuditFile.open(path, keys);
        if (there.isEmpty()) {
            return false;
        }
        try (AuditFile one = there.get()) {
            return one.size() > 0 && wanted.is(one);
        }
    }

    private Optional<AuditFile> open(Path path) throws IOException {
        Optional<AuditFile> one = AuditFile.open(path, keys);
        one.ifPresent(opened::add);
        return one.isPresent() && one.get().size() == 0 ? Optional.empty() : one;
    }

    /** What the last one was called. */
    Path here() {
        return here;
    }

    @Override
    public void close() throws IOException {
        for (AuditFile one : opened) {
            one.close();
        }
    }
}
