package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class RunningTest {
    private static final Duration GRACE = Duration.ofNanos(100);

    private final Running run = new Running(Mockito.mock(Execution.class), null, Duration.ZERO);
    private final long late = run.deadlineNanos() + Duration.ofHours(1).toNanos();

    @Test
    void graceBeginsWhenTheToolIsFirstSeenLate() {
        assertFalse(run.overdue(run.deadlineNanos(), 1_000, GRACE));
        assertFalse(run.overdue(late, 2_000, GRACE));
        assertFalse(run.overdue(late, 2_100, GRACE));

        assertTrue(run.overdue(late, 2_101, GRACE));
    }

    @Test
    void toolHasItsGraceAfterTheEndOfAToolThatItAskedFor() {
        assertFalse(run.overdue(late, 1_000, GRACE));
        Running child = new Running(Mockito.mock(Execution.class), run, Duration.ZERO);
        child.begin(Thread.currentThread());
        assertFalse(run.overdue(late, 5_000, GRACE));
        child.end();

        assertFalse(run.overdue(late, 5_050, GRACE), "it has its thread again");
        assertFalse(run.overdue(late, 5_150, GRACE));
        assertTrue(run.overdue(late, 5_151, GRACE));
    }
}
