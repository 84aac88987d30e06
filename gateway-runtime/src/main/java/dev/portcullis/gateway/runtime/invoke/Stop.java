package dev.portcullis.gateway.runtime.invoke;

import java.io.Serial;

/** Ends the road early. Carries no stack trace: it is an answer, not a fault. */
public final class Stop extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    public Stop(Outcome outcome) {
        super(outcome.code(), null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
