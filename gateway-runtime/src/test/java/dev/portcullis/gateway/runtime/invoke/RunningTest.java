package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        run.adopt(child);
        assertFalse(run.overdue(late, 5_000, GRACE));
        child.release();

        assertFalse(run.overdue(late, 5_050, GRACE), "it has its thread again");
        assertFalse(run.overdue(late, 5_150, GRACE));
        assertTrue(run.overdue(late, 5_151, GRACE));
    }

    @Test
    void toolThatDoesNotEndIsNoExcuseForTheOneThatAskedForIt() {
        Running child = new Running(Mockito.mock(Execution.class), run, Duration.ZERO);
        run.begin(new Thread());
        run.adopt(child);
        child.begin(new Thread());
        assertFalse(run.overdue(late, 1_000, GRACE));

        child.accused();

        assertFalse(run.overdue(late, 2_000, GRACE), "it has its own grace");
        assertTrue(run.overdue(late, 2_101, GRACE));
        assertFalse(run.held());
    }

    @Test
    void toolWhoseThreadIsNotGivenBackNeedsNoGrace() {
        Running child = new Running(Mockito.mock(Execution.class), run, Duration.ZERO);
        Running grandchild = new Running(Mockito.mock(Execution.class), child, Duration.ZERO);
        run.begin(Thread.currentThread());
        run.adopt(child);
        child.begin(Thread.currentThread());
        child.adopt(grandchild);
        grandchild.begin(Thread.currentThread());

        grandchild.accused();

        assertTrue(run.held());
        assertTrue(run.overdue(late, 1_000, GRACE));
        assertFalse(run.overdue(run.deadlineNanos(), 1_000, GRACE), "it has time");
    }

    @Test
    void toolWhosePluginGoesBeforeItBeganIsInterruptedWhenItBegins() {
        run.withdraw();

        run.begin(Thread.currentThread());

        assertTrue(Thread.interrupted());
    }

    @Test
    void nothingIsTakenOnWhenThePlaceIsFree() {
        Running late = new Running(Mockito.mock(Execution.class), run, Duration.ZERO);
        run.release();
        assertTrue(run.vacates());

        assertFalse(run.adopt(late));
    }

    @Test
    void placeIsKeptUntilTheLastWithinTheInvocationHasEnded() {
        Running child = new Running(Mockito.mock(Execution.class), run, Duration.ZERO);
        Running grandchild = new Running(Mockito.mock(Execution.class), child, Duration.ZERO);
        run.adopt(child);
        child.adopt(grandchild);

        assertFalse(child.vacates());
        assertFalse(run.vacates());
        assertTrue(grandchild.vacates());
    }

    @Test
    void whatIsTakenOnAfterTheCallerLeftIsCancelled() {
        Running child = new Running(Mockito.mock(Execution.class), run, Duration.ZERO);
        run.cancel();

        run.adopt(child);

        assertEquals(Running.State.CANCELLED, child.state());
    }
}
