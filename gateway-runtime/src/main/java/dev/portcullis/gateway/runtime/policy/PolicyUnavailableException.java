package dev.portcullis.gateway.runtime.policy;

import java.io.Serial;

/** A policy source failed, returned null or was late: nothing can be decided, so nothing is allowed. */
public final class PolicyUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String source;

    PolicyUnavailableException(String source, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.source = source;
    }

    /** The name of the source. */
    public String source() {
        return source;
    }
}
