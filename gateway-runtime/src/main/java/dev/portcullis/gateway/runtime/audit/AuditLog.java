package dev.portcullis.gateway.runtime.audit;

/** Where the records go. Safe for use by several threads. */
public interface AuditLog extends AutoCloseable {
    /** Takes a record; may wait for room, never drops one. */
    void append(AuditRecord entry);

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
