package dev.portcullis.gateway.runtime.audit;

import java.time.Duration;

/** Where the records go. Safe for use by several threads. */
public interface AuditLog extends AutoCloseable {
    /** Takes a record; may wait for room, never drops one. */
    void append(AuditRecord entry);

    /** What is not on the disk yet. */
    default Backlog backlog() {
        return Backlog.NONE;
    }

    /**
     * Records that were taken.
     *
     * @param waiting to be written
     * @param lag age of the oldest of them
     * @param lost to a disk that did not take them, since the start
     */
    record Backlog(int waiting, Duration lag, long lost) {
        static final Backlog NONE = new Backlog(0, Duration.ZERO, 0);
    }

    /** Returns when every record that was taken is on its way to the disk. */
    @Override
    void close();

    /** Keeps nothing: for gateways that were told not to audit. */
    static AuditLog none() {
        return new AuditLog() {
            @Override
            public void append(AuditRecord entry) {}

            @Override
            public void close() {}
        };
    }
}
