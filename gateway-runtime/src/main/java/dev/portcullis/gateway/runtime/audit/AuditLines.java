package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lines that are on their way to the file. One thread at a time. */
final class AuditLines {
    /** Bytes; with more, callers wait. */
    private static final int ROOM = 2 << 20;

    /** What a quiet gateway needs. */
    private static final int USUAL = 16 << 10;

    private JsonBytes text = JsonBytes.printable(USUAL);

    /** Bytes of whole lines; what is behind them is left of a record that failed. */
    private int whole;

    private int count;
    private long since;
    private @Nullable Fate fate;

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return whole >= ROOM;
    }

    int count() {
        return count;
    }

    /** How long the first of them has waited. */
    Duration age() {
        return isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** Adds a record as a line, or nothing if that fails. */
    void add(AuditRecord entry) {
        text.cut(whole);
        AuditLine.write(entry, text);
        added();
    }

    void add(RefusedRequests requests) {
        text.cut(whole);
        requests.write(text);
        added();
    }

    private void added() {
        text.raw("\n");
        if (count == 0) {
            since = System.nanoTime();
        }
        whole = text.length();
        count++;
    }

    /** What becomes of those that are here now, for callers who wait for it. */
    Fate fate() {
        if (fate == null) {
            fate = new Fate();
        }
        return fate;
    }

    void write(AuditOutput out) throws IOException {
        text.cut(whole);
        out.write(text, count);
    }

    /** How many lines end within so many bytes. */
    int within(long bytes) {
        int lines = 0;
        for (int at = text.start(); at < text.start() + Math.min(bytes, whole); at++) {
            if (text.array()[at] == '\n') {
                lines++;
            }
        }
        return lines;
    }

    /** Tells those who wait that so many of them, the first ones, were written. */
    void written(int lines) {
        if (fate != null) {
            fate.isKnown(lines);
        }
    }

    void clear() {
        whole = 0;
        count = 0;
        fate = null;
    }

    /** Gives back the memory that a busy hour needed, once there is nothing in it. */
    void trim() {
        if (text.array().length > USUAL) {
            text = JsonBytes.printable(USUAL);
        }
    }

    /** How many lines of a batch were written, once that is known. */
    static final class Fate {
        private final CountDownLatch known = new CountDownLatch(1);
        private volatile int written;

        private void isKnown(int lines) {
            written = lines;
            known.countDown();
        }

        /** Whether a line was written, by its number from 0; also interrupted callers wait, but not longer than this. */
        boolean of(int line, Duration longest) {
            long until = System.nanoTime() + longest.toNanos();
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return known.await(until - System.nanoTime(), TimeUnit.NANOSECONDS) && line < written;
                    } catch (InterruptedException later) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
