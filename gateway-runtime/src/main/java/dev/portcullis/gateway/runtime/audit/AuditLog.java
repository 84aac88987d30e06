package dev.portcullis.gateway.runtime.audit;

import java.time.Duration;

/** Where the records go. Safe for use by several threads. */
public interface AuditLog extends AutoCloseable {
    /** Takes a record; may wait for memory, never for a disk that takes records, and never drops one. */
    void append(AuditRecord entry);

    /** Takes a record whose caller is answered next; returns when it is as safe as {@code logging.audit.durability} demands. */
    default void commit(AuditRecord entry) {
        append(entry);
    }

    /** Whether a tool may only run once {@link #begin} has said so. */
    default boolean required() {
        return false;
    }

    /** Takes the record that a tool is about to run; false if that was not written, and the tool must not run. */
    default boolean begin(AuditRecord entry) {
        return true;
    }

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
     * @param losing whether a record that came now would be lost
     * @param removedArchives since the start, because retention said so
     */
    record Backlog(int waiting, Duration lag, long lost, boolean losing, long removedArchives) {
        static final Backlog NONE = new Backlog(0, Duration.ZERO, 0, false, 0);
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

    /** One that does something with each record before another one takes it. */
    abstract class Before implements AuditLog {
        protected final AuditLog next;

        protected Before(AuditLog next) {
            this.next = next;
        }

        /** What is done, once for each record of an end. */
        protected abstract void seen(AuditRecord entry);

        @Override
        public void append(AuditRecord entry) {
            seen(entry);
            next.append(entry);
        }

        @Override
        public void commit(AuditRecord entry) {
            seen(entry);
            next.commit(entry);
        }

        @Override
        public boolean required() {
            return next.required();
        }

        @Override
        public boolean begin(AuditRecord entry) {
            return next.begin(entry);
        }

        @Override
        public Backlog backlog() {
            return next.backlog();
        }

        @Override
        public void close() {
            next.close();
        }
    }
}
