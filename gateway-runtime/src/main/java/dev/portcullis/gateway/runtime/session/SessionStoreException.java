package dev.portcullis.gateway.runtime.session;

import java.io.Serial;

/** The session store cannot do what it was asked. The message is for the operator and holds nothing of a transcript. */
public final class SessionStoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    SessionStoreException(String message) {
        super(message);
    }

    SessionStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
