package dev.portcullis.gateway.runtime.http;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a connection received and nobody has read yet, in one piece. One thread. An array is filled once and never written
 * again where it was: what was found in it may be looked at later, too.
 */
final class Inbox {
    /** The client sends nothing more. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("ended", null, false, false);
        }
    }

    /** A carriage return without a line feed, or the other way round. */
    static final class BrokenLine extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenLine() {
            super("broken line", null, false, false);
        }
    }

    private static final byte[] NOTHING = {};

    private final Supplier<byte @Nullable []> source;
    private byte[] bytes = NOTHING;
    private int at;
    private int end;

    Inbox(Supplier<byte @Nullable []> source) {
        this.source = source;
    }

    /** How many bytes can be had without waiting. */
    int available() {
        return end - at;
    }

    /** Where the next byte lies in {@link #bytes()}, until more are waited for. */
    int position() {
        return at;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Waits for a byte. */
    void await() {
        require(1);
    }

    /** Waits until so many bytes are there. */
    void require(int count) {
        while (end - at < count) {
            pull();
        }
    }

    /** Waiting may take days: what was read is forgotten before. */
    private void pull() {
        if (at == end) {
            bytes = NOTHING;
            at = 0;
            end = 0;
        }
        byte[] more = source.get();
        if (more == null) {
            throw new Ended();
        }
        if (end == 0) {
            bytes = more;
            end = more.length;
            return;
        }
        if (bytes.length - end < more.length) {
            int left = end - at;
            byte[] larger = new byte[2 * (left + more.length)];
            System.arraycopy(bytes, at, larger, 0, left);
            bytes = larger;
            at = 0;
            end = left;
        }
        System.arraycopy(more, 0, bytes, end, more.length);
        end += more.length;
    }

    byte read() {
        require(1);
        return bytes[at++];
    }

    /** @param count of bytes that are there */
    void skip(int count) {
        if (count > available()) {
            throw new IllegalArgumentException("Fewer bytes are there");
        }
        at += count;
    }

    /** A copy of the next bytes, which may be many. */
    byte[] readBytes(int count) {
        if (count <= available()) {
            at += count;
            return Arrays.copyOfRange(bytes, at - count, at);
        }
        byte[] all = new byte[count];
        int filled = 0;
        while (true) {
            int step = Math.min(available(), count - filled);
            System.arraycopy(bytes, at, all, filled, step);
            at += step;
            filled += step;
            if (filled == count) {
                return all;
            }
            pull();
        }
    }

    /** Whether a line ends there, so many bytes from here. */
    boolean endsLine(int offset) {
        require(offset + 1);
        if (bytes[at + offset] != '\r') {
            return false;
        }
        require(offset + 2);
        return bytes[at + offset + 1] == '\n';
    }

    /**
     * How long the line is that begins so many bytes from here.
     *
     * @param most bytes that are looked at
     * @return {@code most} if it does not end there
     * @throws BrokenLine if half a line end is in it, or ends it
     */
    int line(int offset, int most) {
        require(offset + 1);
        int length = 0;
        while (true) {
            int stop = Math.min(most, available() - offset);
            for (; length < stop; length++) {
                byte b = bytes[at + offset + length];
                if (b == '\r') {
                    if (endsLine(offset + length)) {
                        return length;
                    }
                    throw new BrokenLine();
                }
                if (b == '\n') {
                    throw new BrokenLine();
                }
            }
            if (length >= most) {
                return most;
            }
            pull();
        }
    }
}
