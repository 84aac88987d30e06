package dev.portcullis.gateway.runtime.catalog;

import java.io.Serial;

/** Arguments do not fit a tool's schema. The message names every argument that is wrong, never a value. */
public final class InvalidArgumentsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidArgumentsException(String message) {
        super(message, null, false, false);
    }
}
