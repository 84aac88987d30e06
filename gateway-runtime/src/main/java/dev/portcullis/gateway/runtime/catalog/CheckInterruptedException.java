package dev.portcullis.gateway.runtime.catalog;

/** Arguments are not checked to the end: the caller left, or time is up. The thread is still interrupted. */
public final class CheckInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CheckInterruptedException() {
        super("interrupted", null, false, false);
    }
}
