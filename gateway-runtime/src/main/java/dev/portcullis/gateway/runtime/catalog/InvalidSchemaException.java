package dev.portcullis.gateway.runtime.catalog;

import java.io.Serial;

/** A tool's input schema is not a JSON Schema. The message says what is wrong with it, for the operator. */
public final class InvalidSchemaException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidSchemaException(String message, Throwable cause) {
        super(message, cause);
    }

    InvalidSchemaException(String message) {
        super(message);
    }
}
