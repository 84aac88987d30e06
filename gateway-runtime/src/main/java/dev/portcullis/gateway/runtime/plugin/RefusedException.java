package dev.portcullis.gateway.runtime.plugin;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A plugin cannot be taken. The cause is for the debug log only. */
final class RefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(String why, String remedy) {
        this(new Refusal(why, remedy), null);
    }

    RefusedException(Refusal refusal, @Nullable Throwable cause) {
        super(refusal.why(), cause);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
