package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks one provider. One of the gateway's own is asked on the spot; a plugin's on a virtual thread of its own, so that one that
 * does not come back costs the caller its time limit and no more.
 */
final class ProviderCaller {
    /** Late calls that still have not ended; beyond these the provider is not asked again, or they would pile up for ever. */
    private static final int MOST_LATE = 16;

    private final NamedAuthenticator provider;
    private final Duration limit;
    private final AtomicInteger late = new AtomicInteger();

    ProviderCaller(NamedAuthenticator provider, Duration limit) {
        this.provider = provider;
        this.limit = limit;
    }

    /** It gave no answer; the message is the gateway's own and quotes nothing. */
    static final class NoAnswerException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private NoAnswerException(String message) {
            super(message);
        }
    }

    NamedAuthenticator provider() {
        return provider;
    }

    /** Asks, and throws whatever the provider throws. */
    @Nullable
    AuthResult ask(AuthRequest request) throws Throwable {
        return provider.bounded() ? bounded(request) : provider.authenticator().authenticate(request);
    }

    private @Nullable AuthResult bounded(AuthRequest request) throws Throwable {
        if (late.get() >= MOST_LATE) {
            throw new NoAnswerException("was late " + MOST_LATE + " times and has not ended any of these calls");
        }
        // Whoever comes second settles the count: the caller that gave up, or the call that ended all the same.
        AtomicBoolean settled = new AtomicBoolean();
        FutureTask<@Nullable AuthResult> call =
                new FutureTask<>(() -> provider.authenticator().authenticate(request));
        Thread.ofVirtual()
                .name("auth-provider-" + provider.name())
                .inheritInheritableThreadLocals(false)
                .start(Correlation.carried(() -> {
                    call.run();
                    settle(settled);
                }));
        try {
            return call.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            giveUp(call, settled);
            throw new NoAnswerException(
                    "gave no answer within " + limit.toMillis() + " ms (gateway.invoke.authProviderTimeoutMs)");
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
