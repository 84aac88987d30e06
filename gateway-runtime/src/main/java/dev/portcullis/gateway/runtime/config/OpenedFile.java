package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
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

    /** How it is opened to append to it. */
    public interface Opener {
        OutputStream open(Path file) throws IOException;
    }

    /** Not all of it could be written. */
    public static final class PartlyWritten extends IOException {
        private static final long serialVersionUID = 1;

        private final long bytes;

        private PartlyWritten(IOException cause, long bytes) {
            super(String.valueOf(cause.getMessage()), cause);
            this.bytes = bytes;
        }

        /** How many bytes of it were, the first ones. */
        public long bytes() {
            return bytes;
        }

        /** The fault of the disk, for the log: this type only carries the number. */
        @Override
        @SuppressWarnings("OverrideThrowableToString")
        public String toString() {
            return String.valueOf(getCause());
        }
    }

    private final Path file;
    private final Opener opener;
    private OutputStream out;
    private @Nullable Object key;
    private long size;
    private long lookedAt;

    /** Whether it may end in half a line: a write failed, or whoever wrote it before was killed. */
    private boolean torn;

    /** Whether its name may not be on the disk yet. */
    private boolean unforced = true;

    /** Whether its name leads elsewhere, or nowhere, and nothing could be opened under it. */
    private boolean detached;

    /** @throws IOException if it cannot be written */
    public OpenedFile(Path file) throws IOException {
        this(file, OpenedFile::append);
    }

    /** @throws IOException if it cannot be written */
    // open() sets the stream
    @SuppressWarnings("NullAway.Init")
    public OpenedFile(Path file, Opener opener) throws IOException {
        this.file = file;
        this.opener = opener;
        open();
    }

    /** As files are opened that nothing is to be known about. */
    public static OutputStream append(Path file) throws IOException {
        return Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private void open() throws IOException {
        if (Files.notExists(file) && OwnerOnly.possible(file)) {
            Files.createFile(file, OwnerOnly.file(file));
        }
        OutputStream opened = opener.open(file);
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
        detached = false;
        unforced = true;
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

    /** Which file it is, by what the file system knows it; null where it knows none so. */
    public @Nullable Object key() {
        return key;
    }

    /** Whether what is written has no name any more, because nothing could be opened under that which it had. */
    public boolean detached() {
        return detached;
    }

    /**
     * Appends whole lines, on a line of their own whatever there was before.
     *
     * @throws PartlyWritten if the disk took some of it, or nothing
     */
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            if (torn) {
                out.write('\n');
                size++;
            }
            torn = true;
            out.write(bytes, from, length);
            torn = false;
            size += length;
        } catch (IOException unwritten) {
            long taken = Math.clamp(sizeNow() - size, 0, length);
            size += taken;
            throw new PartlyWritten(unwritten, taken);
        }
    }

    /** As it is on the disk, if it can be looked at and has its name. */
    private long sizeNow() {
        return attributes()
                .filter(now -> Objects.equals(key, now.fileKey()))
                .map(BasicFileAttributes::size)
                .orElse(size);
    }

    /** Returns when the disk has what was written. */
    public void force() throws IOException {
        try {
            forceOnce();
        } catch (ClosedByInterruptException interrupted) {
            // whoever interrupts the thread does not get the better of what was promised
            Thread.interrupted();
            forceOnce();
        }
    }

    private void forceOnce() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
        if (unforced) {
            unforced = false;
            forceFolder();
        }
    }

    /** The name of a file is in its folder. Not every system can force one, or needs to. */
    private void forceFolder() {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException impossible) {
            // the file itself was forced
        }
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
        Optional<BasicFileAttributes> named = attributes().filter(now -> Objects.equals(key, now.fileKey()));
        if (named.isPresent()) {
            size = named.get().size();
            detached = false;
        } else {
            reopen();
        }
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
            detached = attributes()
                    .filter(now -> Objects.equals(key, now.fileKey()))
                    .isEmpty();
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
