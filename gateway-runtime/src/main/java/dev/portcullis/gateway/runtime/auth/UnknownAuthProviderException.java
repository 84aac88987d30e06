package dev.portcullis.gateway.runtime.auth;

import java.io.Serial;

/** The configuration names a way to authenticate that nothing provides; the message is for the operator. */
public final class UnknownAuthProviderException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnknownAuthProviderException(String message) {
        super(message);
    }
}
