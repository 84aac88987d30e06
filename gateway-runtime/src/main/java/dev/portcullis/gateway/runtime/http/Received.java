package dev.portcullis.gateway.runtime.http;

import io.helidon.common.buffers.DataReader;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a connection received and nobody has read yet: Helidon's reader, which can be asked afterwards what bytes a part of it was.
 * One thread.
 */
final class Received implements Supplier<byte[]> {
    private static final byte[] NOTHING = {};

    private static final int SMALL = 1024;

    private final Supplier<byte @Nullable []> source;
    private final DataReader reader = DataReader.create(this);
    private byte[] last = NOTHING;
    private int from;
    private boolean marked;
    private @Nullable ByteArrayOutputStream before;

    Received(Supplier<byte @Nullable []> source) {
        this.source = source;
    }

    DataReader reader() {
        return reader;
    }

    // null is the end of the stream
    @Override
    @SuppressWarnings("NullAway")
    public byte[] get() {
        byte[] more = source.get();
        if (more != null) {
            if (marked && from < last.length) {
                keep();
            }
            last = more;
            from = 0;
        }
        return more;
    }

    private void keep() {
        ByteArrayOutputStream kept = before == null ? new ByteArrayOutputStream() : before;
        kept.write(last, from, last.length - from);
        before = kept;
    }

    /** Whether what came last, and nobody has read yet, begins with those bytes. */
    boolean startsWith(byte[] expected) {
        int at = last.length - reader.available();
        return at >= 0
                && expected.length <= last.length - at
                && Arrays.equals(last, at, at + expected.length, expected, 0, expected.length);
    }

    /** Reads so many bytes; copies them only if they came in pieces. */
    Body read(int length) {
        int at = last.length - reader.available();
        if (at < 0 || length > last.length - at) {
            return Body.of(reader.readBytes(length));
        }
        reader.skip(length);
        return new Body(last, at, length);
    }

    /** What is read from here on is {@link #sinceMark()}; everything before it has been read, but for the end of what came last. */
    void mark() {
        from = last.length - reader.available();
        before = null;
        marked = true;
    }

    /** Whether a byte beyond ASCII was read since the mark, or came with what was. */
    boolean beyondAscii() {
        return beyondAscii(last, from) || (before != null && beyondAscii(before.toByteArray(), 0));
    }

    private static boolean beyondAscii(byte[] bytes, int from) {
        int sign = 0;
        for (int i = from; i < bytes.length; i++) {
            sign |= bytes[i];
        }
        return sign < 0;
    }

    byte[] sinceMark() {
        byte[] end = Arrays.copyOfRange(last, from, last.length - reader.available());
        if (before == null) {
            return end;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(before.toByteArray());
        all.writeBytes(end);
        return all.toByteArray();
    }

    /** Whether what came last, which is kept until more comes, is more than a small request. */
    boolean holdsMuch() {
        return last.length > SMALL;
    }

    /** Keeps nothing of what was read, until the next mark. */
    void forget() {
        before = null;
        marked = false;
    }
}
