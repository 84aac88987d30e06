package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.PolicyContext;
import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Asks one policy source, on a virtual thread of its own, so that a late one costs the caller its time limit and no more. */
final class SourceCaller {
    /** Late calls that still have not ended; beyond these the source is not asked again, or they would pile up for ever. */
    private static final int MOST_LATE = 16;

    private final NamedPolicySource source;
    private final Duration limit;
    private final AtomicInteger late = new AtomicInteger();

    SourceCaller(NamedPolicySource source, Duration limit) {
        this.source = source;
        this.limit = limit;
    }

    String name() {
        return source.name();
    }

    PolicyAnswer ask(PolicyContext context) {
        if (late.get() >= MOST_LATE) {
            throw unavailable("was late " + MOST_LATE + " times and has not ended any of these calls", null);
        }
        // Whoever comes second settles the count: the caller that gave up, or the call that ended all the same.
        AtomicBoolean settled = new AtomicBoolean();
        FutureTask<@Nullable PolicyAnswer> call =
                new FutureTask<>(() -> source.source().policies(context));
        Thread thread = Thread.ofVirtual()
                .name("policy-source-" + source.name())
                .unstarted(Correlation.carried(() -> {
                    call.run();
                    settle(settled);
                }));
        thread.setContextClassLoader(source.source().getClass().getClassLoader());
        thread.start();
        try {
            PolicyAnswer answer = call.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (answer == null) {
                throw unavailable("answered null, which its contract forbids", null);
            }
            return answer;
        } catch (TimeoutException e) {
            giveUp(call, settled);
            throw unavailable("gave no answer within " + limit.toMillis() + " ms", null);
        } catch (InterruptedException e) {
            giveUp(call, settled);
            Thread.currentThread().interrupt();
            throw unavailable("was being asked when the request was abandoned", null);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw unavailable("failed with " + cause.getClass().getName(), cause);
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

    private PolicyUnavailableException unavailable(String what, @Nullable Throwable cause) {
        return new PolicyUnavailableException(
                source.name(),
                "The policy source of plugin " + source.name() + " " + what
                        + ". Nothing is allowed until it answers; see the plugin's own log, or disable it with"
                        + " plugins.entries." + source.name() + ".enabled = false",
                cause);
    }
}
