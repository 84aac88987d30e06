package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.io.IOException;
import java.time.Instant;

/** Lines that are on their way to the file. One thread at a time. */
final class AuditLines {
    /** Bytes; with more, callers wait. */
    private static final int ROOM = 2 << 20;

    private final JsonBytes text = new JsonBytes(0, 16 << 10);
    private int count;
    private Instant oldest = Instant.MAX;

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return text.length() >= ROOM;
    }

    int count() {
        return count;
    }

    /** When the first of them happened; only if there is one. */
    Instant oldest() {
        return oldest;
    }

    /** Adds a record as a line, or nothing if that fails. */
    void add(AuditRecord entry) {
        int before = text.length();
        boolean whole = false;
        try {
            AuditLine.write(entry, text);
            text.raw("\n");
            whole = true;
        } finally {
            if (!whole) {
                text.cut(before);
            }
        }
        if (count++ == 0) {
            oldest = entry.time();
        }
    }

    void write(AuditOutput out) throws IOException {
        out.write(text);
    }

    void clear() {
        text.cut(0);
        count = 0;
    }
}
