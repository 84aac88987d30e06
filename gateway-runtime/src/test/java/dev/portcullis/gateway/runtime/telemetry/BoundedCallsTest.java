package dev.portcullis.gateway.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.telemetry.BoundedCalls.NoAnswerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BoundedCallsTest {
    private static final InheritableThreadLocal<@Nullable String> INHERITED = new InheritableThreadLocal<>();

    private final BoundedCalls patient = new BoundedCalls("asked", Duration.ofSeconds(30), "a.key");
    private final BoundedCalls hasty = new BoundedCalls("asked", Duration.ofMillis(5), "a.key");
    private final CountDownLatch never = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** Sleeps until it is interrupted. */
    private Callable<@Nullable String> sleepy() {
        return () -> {
            synchronized (threads) {
                threads.add(Thread.currentThread());
            }
            never.await();
            return "too late";
        };
    }

    /** Goes on until it is let go, whoever interrupts it. */
    private static Callable<@Nullable String> deaf(AtomicInteger begun, AtomicBoolean letGo) {
        return () -> {
            begun.incrementAndGet();
            while (!letGo.get()) {
                try {
                    Thread.sleep(5);
                } catch (InterruptedException ignored) {
                    // deaf
                }
            }
            return "too late";
        };
    }

    private NoAnswerException unanswered(BoundedCalls calls, Callable<@Nullable String> code) {
        return assertThrows(NoAnswerException.class, () -> calls.call(code));
    }

    @Test
    void answerIsHandedBackAndSoIsNone() throws Throwable {
        assertEquals("yes", patient.<String>call(() -> "yes"));
        assertNull(patient.<String>call(() -> null));
    }

    @Test
    void whatTheCodeThrowsIsThrown() {
        Error broken = new AssertionError("broken");

        Throwable thrown = assertThrows(
                Throwable.class,
                () -> patient.<String>call(() -> {
                    throw broken;
                }));

        assertSame(broken, thrown);
    }

    @Test
    void lateCallIsInterruptedAndSaidWithItsLimit() throws Exception {
        NoAnswerException late = unanswered(hasty, sleepy());

        assertEquals("gave no answer within 5 ms (a.key)", late.what());
        awaitEnd();
    }

    @Test
    void codeThatHasNotEndedSoManyLateCallsIsNotCalledAgainUntilOneEnds() throws Throwable {
        AtomicInteger begun = new AtomicInteger();
        AtomicBoolean letGo = new AtomicBoolean();
        AtomicBoolean called = new AtomicBoolean();
        // one that is given up before its thread gets to run never begins
        while (begun.get() < BoundedCalls.MOST_LATE) {
            unanswered(hasty, deaf(begun, letGo));
        }

        NoAnswerException refused = unanswered(hasty, () -> {
            called.set(true);
            return "in time";
        });

        assertEquals("was late 16 times and has not ended any of these calls", refused.what());
        assertFalse(called.get());

        letGo.set(true);
        while (!called.get()) {
            try {
                hasty.<String>call(() -> {
                    called.set(true);
                    return "in time";
                });
            } catch (NoAnswerException notYet) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void lateCallsThatEndedAreForgotten() throws Exception {
        for (int i = 0; i < 2 * BoundedCalls.MOST_LATE; i++) {
            String what = unanswered(hasty, sleepy()).what();
            while (!what.startsWith("gave no answer")) {
                Thread.sleep(5);
                what = unanswered(hasty, sleepy()).what();
            }
        }
        awaitEnd();
    }

    @Test
    void callerThatIsInterruptedGetsNoAnswerAndStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();

        NoAnswerException abandoned = unanswered(patient, sleepy());

        assertTrue(Thread.interrupted());
        assertEquals("was being asked when the request was abandoned", abandoned.what());
        awaitEnd();
    }

    @Test
    void itsThreadWorksForWhatTheCallerWorksForAndInheritsNothingElse() throws Throwable {
        AtomicReference<@Nullable String> inherited = new AtomicReference<>("unasked");
        INHERITED.set("the caller's");
        Correlation.enter(Correlation.of("ABC-1", List.of()));
        try {
            String seen = patient.<String>call(() -> {
                inherited.set(INHERITED.get());
                return Thread.currentThread().getName() + " for "
                        + Correlation.current().invocation();
            });

            assertEquals("asked for ABC-1", seen);
            assertNull(inherited.get());
        } finally {
            Correlation.enter(null);
            INHERITED.remove();
        }
    }

    /** Until every sleepy call that began has ended, which only an interrupt makes it do. */
    private void awaitEnd() throws InterruptedException {
        List<Thread> begun;
        synchronized (threads) {
            begun = List.copyOf(threads);
        }
        for (Thread thread : begun) {
            thread.join();
        }
    }
}
