package dev.portcullis.gateway.runtime.operate;

import java.io.Serial;

/** The request cannot be meant. The message is for the caller. */
final class InvalidRequestException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidRequestException(String message) {
        super(message);
    }
}
