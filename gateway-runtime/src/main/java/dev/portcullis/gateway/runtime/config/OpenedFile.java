package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file that is appended to for long, that only its owner reads, and that others may move away or empty meanwhile, as programs that
 * rotate logs do: one that was moved away is opened anew, one that was emptied goes on. For the rooms that write one. One thread at
 * a time.
 */
public final class OpenedFile implements AutoCloseable {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private OutputStream out;
    private @Nullable Object key;
    private long size;
    private long lookedAt;

    /** Whether it may end in half a line: a write failed, or whoever wrote it before was killed. */
    private boolean torn;

    /** @throws IOException if it cannot be written */
    // open() sets the stream
    @SuppressWarnings("NullAway.Init")
    public OpenedFile(Path file) throws IOException {
        this.file = file;
        open();
    }

    private void open() throws IOException {
        if (Files.notExists(file) && OwnerOnly.possible(file)) {
            Files.createFile(file, OwnerOnly.file(file));
        }
        OutputStream opened = Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException gone) {
            opened.close();
            throw gone;
        }
        out = opened;
        key = now.fileKey();
        size = now.size();
        torn = endsInsideALine();
        lookedAt = System.nanoTime();
    }

    private boolean endsInsideALine() {
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return in.size() > 0 && in.position(in.size() - 1).read(last) == 1 && last.get(0) != '\n';
        } catch (IOException unreadable) {
            return false; // it may be written, and that is what it is opened for
        }
    }

    /** Bytes in it, others' too if it was looked at. */
    public long size() {
        return size;
    }

    /** Appends whole lines, on a line of their own whatever there was before. */
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (torn) {
            out.write('\n');
            size++;
        }
        torn = true;
        out.write(bytes, from, length);
        torn = false;
        size += length;
    }

    /** Follows what others did to it, but looks not more often than once a second. */
    public void glance() {
        if (System.nanoTime() - lookedAt >= PAUSE) {
            look();
        }
    }

    /** Follows what others did to it. */
    public void look() {
        lookedAt = System.nanoTime();
        attributes()
                .filter(now -> Objects.equals(key, now.fileKey()))
                .ifPresentOrElse(now -> size = now.size(), this::reopen);
    }

    private Optional<BasicFileAttributes> attributes() {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Goes on in what has its name by now. Where that cannot be had, what is open is written on. */
    public void reopen() {
        OutputStream before = out;
        try {
            open();
        } catch (IOException stuck) {
            return;
        }
        try {
            before.close();
        } catch (IOException gone) {
            // it took all it was given
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
