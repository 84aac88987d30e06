package dev.portcullis.gateway.runtime.invoke;

import org.jspecify.annotations.Nullable;

/** How long an invocation may use what was lent to it: until it ends, is cancelled or is late. */
final class Tenure {
    private volatile @Nullable Running run;
    private volatile boolean over;

    void begin(Running started) {
        run = started;
    }

    void end() {
        over = true;
    }

    /** The run that invocations asked for within this one belong to. */
    @Nullable
    Running run() {
        return run;
    }

    void require() {
        Running now = run;
        if (over || (now != null && now.cancelled())) {
            throw new IllegalStateException(
                    "The invocation has ended, was cancelled or is late; what the gateway lent to it is no longer valid");
        }
    }
}
