package dev.portcullis.gateway.runtime.invoke;

/** Where the current snapshot comes from. */
public interface SnapshotSource {
    /** What holds now, for a look. */
    Snapshot current();

    /** What holds now, kept alive with its plugins until the lease is closed. */
    Lease lease();

    /** Rises whenever plugins that served do not serve any more. */
    default long epoch() {
        return 0;
    }

    /** A snapshot in use. */
    interface Lease extends AutoCloseable {
        Snapshot snapshot();

        @Override
        void close();
    }
}
