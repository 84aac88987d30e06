package dev.portcullis.gateway.runtime.telemetry;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls into one piece of a plugin's code, each on a virtual thread of its own, so that one that does not come back costs the
 * caller its time limit and no more. What is logged there belongs to what the caller works for.
 */
public final class BoundedCalls {
    /** Late calls that still have not ended; beyond these the code is not called again, or they would pile up for ever. */
    static final int MOST_LATE = 16;

    private final String thread;
    private final Duration limit;
    private final String setting;
    private final AtomicInteger late = new AtomicInteger();

    /**
     * @param thread name of the threads
     * @param setting the key of the configuration that the limit is from
     */
    public BoundedCalls(String thread, Duration limit, String setting) {
        this.thread = thread;
        this.limit = limit;
        this.setting = setting;
    }

    /** The code gave no answer. */
    public static final class NoAnswerException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private NoAnswerException(String what) {
            super(what);
        }

        /** What it did instead, as the rest of a sentence; the gateway's own words, which quote nothing. */
        public String what() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Calls, and throws whatever the code throws.
     *
     * @throws NoAnswerException if it was late, is not called because of those that are, or the caller was interrupted
     */
    public <T> @Nullable T call(Callable<@Nullable T> code) throws Throwable {
        if (late.get() >= MOST_LATE) {
            throw new NoAnswerException("was late " + MOST_LATE + " times and has not ended any of these calls");
        }
        // Whoever comes second settles the count: the caller that gave up, or the call that ended all the same.
        AtomicBoolean settled = new AtomicBoolean();
        FutureTask<@Nullable T> call = new FutureTask<>(code);
        Thread.ofVirtual().name(thread).inheritInheritableThreadLocals(false).start(Correlation.carried(() -> {
            call.run();
            settle(settled);
        }));
        try {
            return call.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            giveUp(call, settled);
            throw new NoAnswerException("gave no answer within " + limit.toMillis() + " ms (" + setting + ")");
        } catch (InterruptedException e) {
            giveUp(call, settled);
            Thread.currentThread().interrupt();
            throw new NoAnswerException("was being asked when the request was abandoned");
        }
    }

    private void giveUp(FutureTask<?> call, AtomicBoolean settled) {
        late.incrementAndGet();
        settle(settled);
        call.cancel(true);
    }

    private void settle(AtomicBoolean settled) {
        if (settled.getAndSet(true)) {
            late.decrementAndGet();
        }
    }
}
