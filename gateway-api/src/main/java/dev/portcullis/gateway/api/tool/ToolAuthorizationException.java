package dev.portcullis.gateway.api.tool;

import java.io.Serial;

/** This principal may not do this: status 403, type {@code tool_error}. The message reaches the caller, up to 8,192 characters of it. */
public class ToolAuthorizationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what may not be done; shown to the caller
     */
    public ToolAuthorizationException(String message) {
        super(message);
    }

    /**
     * Creates the exception with a cause, which goes to the log only.
     *
     * @param message what may not be done; shown to the caller
     * @param cause what led to it
     */
    public ToolAuthorizationException(String message, Throwable cause) {
        super(message, cause);
    }
}
