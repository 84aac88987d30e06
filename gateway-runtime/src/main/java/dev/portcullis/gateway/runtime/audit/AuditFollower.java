package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records as they are written, from now on, whoever archives, moves away or empties the file meanwhile. It stays open until another
 * one has its name and something in it: only then is nothing written to the old one any more. One thread.
 */
public final class AuditFollower implements AutoCloseable {
    private final Path file;
    private final Function<BasicFileAttributes, @Nullable Object> keys;
    private @Nullable AuditTail tail;

    /** @throws IOException if the file cannot be looked at */
    public AuditFollower(Path file) throws IOException {
        this(file, BasicFileAttributes::fileKey);
    }

    AuditFollower(Path file, Function<BasicFileAttributes, @Nullable Object> keys) throws IOException {
        this.file = file;
        this.keys = keys;
        Optional<AuditFile> first = AuditFile.open(file, keys);
        if (first.isPresent()) {
            tail = new AuditTail(first.get(), first.get().size());
        }
    }

    /**
     * The records since the last call, oldest first; if the file was archived in between, those of the archives as well.
     *
     * @throws IOException if a file cannot be read
     */
    public List<Map<String, Object>> poll() throws IOException {
        List<Map<String, Object>> records = new ArrayList<>();
        // looked for before the old one is read to its end
        Optional<AuditFile> next = another();
        if (tail != null) {
            tail.read(records);
            if (next.isEmpty()) {
                return records;
            }
            readBetween(tail.file(), next.get(), records);
            tail.close();
        }
        if (next.isPresent()) {
            tail = new AuditTail(next.get(), 0);
            tail.read(records);
        }
        return records;
    }

    /** The file that has the name, if it is not the one that is read and has something in it. */
    private Optional<AuditFile> another() throws IOException {
        Optional<AuditFile> named = AuditFile.open(file, keys);
        if (named.isPresent() && (named.get().size() == 0 || isRead(named.get()))) {
            named.get().close();
            return Optional.empty();
        }
        return named;
    }

    private boolean isRead(AuditFile named) throws IOException {
        return tail != null && tail.file().is(named);
    }

    /** Of a follower that was held up, more than one file may have become an archive since. */
    private void readBetween(AuditFile old, AuditFile young, List<Map<String, Object>> records) throws IOException {
        List<AuditFile> between = new ArrayList<>();
        boolean met = false;
        try (AuditWalk walk = new AuditWalk(file, keys)) {
            for (Optional<AuditFile> one = walk.next(); one.isPresent(); one = walk.next()) {
                if (old.is(one.get())) {
                    for (AuditFile archive : between.reversed()) {
                        new AuditTail(archive, 0).read(records);
                    }
                    return;
                }
                if (met) {
                    between.add(one.get());
                }
                met |= young.is(one.get());
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (tail != null) {
            tail.close();
        }
    }
}
