package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.io.IOException;
import java.time.Duration;

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
        text.raw("\n");
        if (count == 0) {
            since = System.nanoTime();
        }
        whole = text.length();
        count++;
    }

    void write(AuditOutput out) throws IOException {
        text.cut(whole);
        out.write(text);
    }

    void clear() {
        whole = 0;
        count = 0;
    }

    /** Gives back the room that a busy hour needed, once there is nothing in it. */
    void trim() {
        if (text.array().length > USUAL) {
            text = JsonBytes.printable(USUAL);
        }
    }
}
