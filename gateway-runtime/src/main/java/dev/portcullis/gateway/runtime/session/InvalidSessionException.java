package dev.portcullis.gateway.runtime.session;

import java.io.Serial;

/** The request names a session or an agent that cannot be served. The message is for the caller. */
public final class InvalidSessionException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String message;

    InvalidSessionException(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
