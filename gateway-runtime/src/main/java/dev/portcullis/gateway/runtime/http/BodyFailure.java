package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.invoke.Outcome;
import java.io.Serial;

/** A body that cannot be had. The connection cannot go on after it. */
final class BodyFailure extends RuntimeException {
    enum Kind {
        TOO_LARGE,
        /** Together with others that are under way. */
        TOO_MUCH,
        TOO_SLOW,
        MALFORMED,
        BROKEN_OFF
    }

    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    BodyFailure(Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    Outcome outcome() {
        return switch (kind) {
            case TOO_LARGE -> new Outcome.BodyTooLarge();
            case TOO_MUCH -> new Outcome.Overloaded();
            case TOO_SLOW -> new Outcome.BodyTimedOut();
            case MALFORMED -> new Outcome.BodyMalformed("Malformed chunked body");
            case BROKEN_OFF -> new Outcome.BodyMalformed("Connection closed");
        };
    }
}
