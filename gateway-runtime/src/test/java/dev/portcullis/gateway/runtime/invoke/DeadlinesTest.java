package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines();

    @BeforeEach
    void start() {
        deadlines.start();
    }

    @AfterEach
    void close() {
        deadlines.close();
    }

    @Test
    void invocationIsEndedWhenItsTimeIsUp() throws Exception {
        Running running = running(Duration.ofMillis(50));

        deadlines.add(running);

        assertEquals(Running.State.EXPIRED, stateAfter(running));
    }

    @Test
    void shortDeadlineIsSeenAlthoughTheThreadSleepsForALongOne() throws Exception {
        deadlines.add(running(Duration.ofHours(1)));
        Thread.sleep(50);
        Running running = running(Duration.ofMillis(20));

        deadlines.add(running);

        assertEquals(Running.State.EXPIRED, stateAfter(running));
    }

    @Test
    void everyOneOfManyIsEnded() throws Exception {
        List<Running> all = IntStream.range(0, 500)
                .parallel()
                .mapToObj(i -> running(Duration.ofMillis(i % 7)))
                .peek(deadlines::add)
                .toList();

        for (Running running : all) {
            assertEquals(Running.State.EXPIRED, stateAfter(running));
        }
    }

    @Test
    void invocationThatWasRemovedIsLeftAlone() throws Exception {
        Running ended = running(Duration.ofMillis(200));
        Running witness = running(Duration.ofMillis(300));
        deadlines.add(ended);
        deadlines.add(witness);

        deadlines.remove(ended);

        assertEquals(Running.State.EXPIRED, stateAfter(witness));
        assertEquals(Running.State.RUNNING, ended.state());
    }

    @Test
    void deadlinesGoOnWhenMemoryRanOutForOne() throws Exception {
        Running unlucky = Mockito.mock(Running.class);
        Mockito.when(unlucky.deadlineNanos()).thenReturn(System.nanoTime());
        Mockito.doThrow(new OutOfMemoryError("of a test"))
                .doNothing()
                .when(unlucky)
                .expire();
        deadlines.add(unlucky);
        Mockito.verify(unlucky, Mockito.timeout(30_000).atLeastOnce()).expire();
        Running running = running(Duration.ofMillis(50));

        deadlines.add(running);

        assertEquals(Running.State.EXPIRED, stateAfter(running));
    }

    @Test
    void interruptByAToolDoesNotKeepTheThreadAwake() throws Exception {
        // those of other tests, too, if there are any
        List<Thread> all = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("deadlines"))
                .toList();
        assertFalse(all.isEmpty());

        all.forEach(Thread::interrupt);

        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (all.stream().anyMatch(Thread::isInterrupted) && System.nanoTime() < until) {
            Thread.sleep(5);
        }
        assertTrue(all.stream().noneMatch(Thread::isInterrupted));
    }

    private static Running running(Duration limit) {
        return new Running(Mockito.mock(Execution.class), null, limit);
    }

    private static Running.State stateAfter(Running running) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (running.state() == Running.State.RUNNING && System.nanoTime() < until) {
            Thread.sleep(5);
        }
        return running.state();
    }
}
