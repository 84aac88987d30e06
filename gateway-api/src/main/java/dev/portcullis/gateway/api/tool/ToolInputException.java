package dev.portcullis.gateway.api.tool;

import java.io.Serial;

/** The arguments cannot be served: status 400, type {@code tool_error}. The message reaches the caller, up to 8,192 characters of it: name the argument and what is wrong with it, never a secret. */
public class ToolInputException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong with which argument; shown to the caller
     */
    public ToolInputException(String message) {
        super(message);
    }

    /**
     * Creates the exception with a cause, which goes to the log only.
     *
     * @param message what is wrong with which argument; shown to the caller
     * @param cause what led to it
     */
    public ToolInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
