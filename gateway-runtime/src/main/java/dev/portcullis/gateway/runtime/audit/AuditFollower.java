package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records of one file as they are written, from now on, whoever archives, moves away or empties the file meanwhile. It stays open until another
 * one has its name and something in it: only then is nothing written to the old one any more. One thread.
 */
final class AuditFollower implements AutoCloseable {
    private final Path file;
    private final Function<BasicFileAttributes, @Nullable Object> keys;
    private @Nullable AuditTail tail;

    /** How the newest archive begins that was there before what is read; nothing if there was none. */
    private byte[] before = {};

    /** @throws IOException if the file cannot be looked at */
    AuditFollower(Path file) throws IOException {
        this(file, BasicFileAttributes::fileKey);
    }

    AuditFollower(Path file, Function<BasicFileAttributes, @Nullable Object> keys) throws IOException {
        this.file = file;
        this.keys = keys;
        Optional<AuditFile> first = AuditFile.open(file, keys);
        boolean ready = false;
        try {
            before = beginningBefore(first);
            if (first.isPresent()) {
                tail = new AuditTail(first.get(), first.get().size());
            }
            ready = true;
        } finally {
            if (!ready && first.isPresent()) {
                first.get().close();
            }
        }
    }

    private byte[] beginningBefore(Optional<AuditFile> first) throws IOException {
        // a walk leaves out what is empty
        boolean met = first.isEmpty() || first.get().size() == 0;
        try (AuditWalk walk = new AuditWalk(file, keys)) {
            for (Optional<AuditFile> one = walk.next(); one.isPresent(); one = walk.next()) {
                boolean same = first.isPresent() && first.get().is(one.get());
                if (met && !same) {
                    return one.get().beginning();
                }
                met |= same;
            }
        }
        return new byte[0];
    }

    /**
     * Hands over the records since the last call, oldest first; if the file was archived in between, those of the archives as well.
     *
     * @param gap is run where some may be missing, because archives were dropped before they could be read
     * @return how many there were
     * @throws IOException if a file cannot be read
     */
    int poll(Consumer<Map<String, Object>> records, Runnable gap) throws IOException {
        // looked for before the old one is read to its end
        Optional<AuditFile> next = another();
        boolean turned = false;
        try {
            AuditTail old = tail;
            int count = old == null ? 0 : old.read(records);
            if (next.isPresent()) {
                count += readBetween(next.get(), records, gap);
                AuditTail young = new AuditTail(next.get(), 0);
                tail = young;
                turned = true;
                if (old != null) {
                    old.close();
                }
                count += young.read(records);
            }
            return count;
        } finally {
            if (!turned && next.isPresent()) {
                next.get().close();
            }
        }
    }

    /** The file that has the name, if it is not the one that is read and has something in it. */
    private Optional<AuditFile> another() throws IOException {
        Optional<AuditFile> named = AuditFile.open(file, keys);
        boolean other = false;
        try {
            other = named.isPresent() && named.get().size() > 0 && !isRead(named.get());
        } finally {
            if (!other && named.isPresent()) {
                named.get().close();
            }
        }
        return other ? named : Optional.empty();
    }

    private boolean isRead(AuditFile one) throws IOException {
        return tail != null && tail.file().is(one);
    }

    /** Of a follower that was held up, more than one file may have become an archive since, and its own may be gone. */
    private int readBetween(AuditFile young, Consumer<Map<String, Object>> records, Runnable gap) throws IOException {
        int count = 0;
        try (AuditWalk walk = new AuditWalk(file, keys)) {
            List<AuditFile> between = new ArrayList<>();
            boolean met = false;
            boolean known = false;
            for (Optional<AuditFile> one = walk.next(); !known && one.isPresent(); one = walk.next()) {
                if (!met) {
                    met = young.is(one.get());
                } else if (isRead(one.get()) || isBefore(one.get())) {
                    known = true;
                    before = one.get().beginning();
                } else {
                    between.add(one.get());
                }
            }
            if (!known && !between.isEmpty() && (tail != null || before.length > 0)) {
                gap.run();
            }
            for (AuditFile archive : between.reversed()) {
                count += new AuditTail(archive, 0).read(records);
                before = archive.beginning();
            }
        }
        return count;
    }

    private boolean isBefore(AuditFile archive) throws IOException {
        return before.length > 0 && AuditFile.beginsWith(archive.beginning(), before);
    }

    @Override
    public void close() throws IOException {
        if (tail != null) {
            tail.close();
        }
    }
}
