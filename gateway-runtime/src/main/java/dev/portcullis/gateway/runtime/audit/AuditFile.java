package dev.portcullis.gateway.runtime.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An audit file that is open for reading, and stays the same one whatever name it gets meanwhile. */
final class AuditFile implements AutoCloseable {
    /** Time and id of the first record are in it: no two files begin alike. */
    private static final int BEGINNING = 256;

    private final FileChannel channel;
    private final @Nullable Object key;

    private AuditFile(FileChannel channel, @Nullable Object key) {
        this.channel = channel;
        this.key = key;
    }

    /** What has this name now, if anything has. */
    static Optional<AuditFile> open(Path path, Function<BasicFileAttributes, @Nullable Object> keys)
            throws IOException {
        while (true) {
            try {
                Object before = keys.apply(Files.readAttributes(path, BasicFileAttributes.class));
                AuditFile file = new AuditFile(FileChannel.open(path, StandardOpenOption.READ), before);
                if (file.isStill(path, keys)) {
                    return Optional.of(file);
                }
            } catch (NoSuchFileException moved) {
                return Optional.empty();
            }
        }
    }

    /** Whether the key is that of what was opened: the name may have passed to another file in between. */
    private boolean isStill(Path path, Function<BasicFileAttributes, @Nullable Object> keys) throws IOException {
        boolean still = false;
        try {
            still = Objects.equals(key, keys.apply(Files.readAttributes(path, BasicFileAttributes.class)));
        } finally {
            if (!still) {
                close();
            }
        }
        return still;
    }

    /** Whether that, which was opened later, is this one. Where files have no keys, what they begin with tells them apart. */
    boolean is(AuditFile later) throws IOException {
        if (key != null || later.key != null) {
            return Objects.equals(key, later.key);
        }
        // in this order: what is written in between does no harm
        byte[] theirs = later.beginning();
        return theirs.length > 0 && beginsWith(beginning(), theirs);
    }

    static boolean beginsWith(byte[] text, byte[] start) {
        return text.length >= start.length && Arrays.equals(text, 0, start.length, start, 0, start.length);
    }

    byte[] beginning() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(BEGINNING);
        while (start.hasRemaining() && read(start, start.position()) > 0) {
            // a read may bring less than there is
        }
        return Arrays.copyOf(start.array(), start.position());
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Says how many bytes there were, as a channel does. */
    int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    /** From its start; it is closed with the file. */
    BufferedReader lines() {
        // bytes that are no UTF-8 cost their line, not the rest
        return new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
