package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.catalog.CatalogTools;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.Mockito;

/** When what the watchdog itself needs is not to be had. */
@Timeout(60)
class WatchdogRoundsTest {
    private final Tool tool = Tool.of(TestRoad.named("spin"), call -> ToolResult.none());
    private final ActiveRuns runs = new ActiveRuns();
    private final Heartbeat heartbeat = Mockito.mock(Heartbeat.class);
    private long time = System.nanoTime();

    /** No memory for a word. */
    private static final class Speechless extends Handler {
        @Override
        public void publish(LogRecord entry) {
            throw new OutOfMemoryError("of a test");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Counts what is said about a round that failed. */
    private static final class Counting extends Handler {
        private final AtomicInteger said;

        Counting(AtomicInteger said) {
            this.said = said;
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getThrown() != null) {
                said.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private Running late(CountDownLatch answered) {
        Execution execution = Mockito.mock(Execution.class);
        Mockito.when(execution.tool())
                .thenReturn(CatalogTools.of(
                        tool, "acme", "1.0", Set.of(), getClass().getClassLoader()));
        Mockito.when(execution.toolName()).thenReturn("spin");
        Mockito.when(execution.abandoned()).thenReturn(outcome -> answered.countDown());
        return new Running(execution, null, Duration.ZERO);
    }

    @Test
    void callerIsAnsweredAlthoughNoThreadWasToBeHadAtFirstAndNothingCouldBeSaid() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Logger log = Logger.getLogger(Watchdog.class.getName());
        Handler speechless = new Speechless();
        log.addHandler(speechless);
        runs.add(late(answered));
        try (Watchdog watchdog = new Watchdog(runs, rescue -> {
            if (asked.incrementAndGet() == 1) {
                throw new OutOfMemoryError("of a test");
            }
            rescue.run();
        })) {
            watchdog.configure(new InvokeConfig.Watchdog(true, Duration.ofMillis(1), 1, true));

            watchdog.start();

            assertTrue(answered.await(30, TimeUnit.SECONDS));
            assertTrue(runs.refuses(tool));
            assertEquals(2, asked.get());
        } finally {
            log.removeHandler(speechless);
        }
    }

    @Test
    void whatFailsRoundAfterRoundIsSaidOnce() throws Exception {
        AtomicInteger said = new AtomicInteger();
        CountDownLatch tried = new CountDownLatch(5);
        Logger log = Logger.getLogger(Watchdog.class.getName());
        Handler counting = new Counting(said);
        log.addHandler(counting);
        runs.add(late(new CountDownLatch(1)));
        try (Watchdog watchdog = new Watchdog(runs, rescue -> {
            tried.countDown();
            throw new OutOfMemoryError("of a test");
        })) {
            watchdog.configure(new InvokeConfig.Watchdog(true, Duration.ofMillis(1), 1, true));

            watchdog.start();

            assertTrue(tried.await(30, TimeUnit.SECONDS));
            assertEquals(1, said.get());
        } finally {
            log.removeHandler(counting);
        }
    }

    private int rounds(Watchdog watchdog, int count, CountDownLatch answered) {
        for (int i = 0; i < count; i++) {
            time += TimeUnit.MILLISECONDS.toNanos(100);
            watchdog.round(time);
        }
        return (int) answered.getCount();
    }

    /** One that has a late run to watch, a second of grace for it, and no carrier to add. */
    private Watchdog watching(CountDownLatch answered) {
        Watchdog watchdog = new Watchdog(runs, Runnable::run, heartbeat);
        watchdog.configure(new InvokeConfig.Watchdog(true, Duration.ofSeconds(1), 0, true));
        runs.add(late(answered));
        return watchdog;
    }

    @Test
    void graceStandsStillWhileVirtualThreadsStarve() {
        CountDownLatch answered = new CountDownLatch(1);
        try (Watchdog watchdog = watching(answered)) {
            Mockito.when(heartbeat.silence(Mockito.anyLong())).thenReturn(Long.MAX_VALUE);
            assertEquals(1, rounds(watchdog, 15, answered));
            Mockito.when(heartbeat.silence(Mockito.anyLong())).thenReturn(0L);
            assertEquals(1, rounds(watchdog, 9, answered));

            assertEquals(0, rounds(watchdog, 3, answered));
        }
    }

    @Test
    void graceEndsAlthoughVirtualThreadsStarveForEver() {
        CountDownLatch answered = new CountDownLatch(1);
        try (Watchdog watchdog = watching(answered)) {
            Mockito.when(heartbeat.silence(Mockito.anyLong())).thenReturn(Long.MAX_VALUE);

            assertEquals(0, rounds(watchdog, 33, answered));
        }
    }

    @Test
    void carriersAreNotAddedAfterTheEnd() {
        Watchdog watchdog = new Watchdog(runs, Runnable::run);
        watchdog.close();

        watchdog.resize(1, 0, true);

        assertEquals(0, watchdog.report().extraParallelism());
    }
}
