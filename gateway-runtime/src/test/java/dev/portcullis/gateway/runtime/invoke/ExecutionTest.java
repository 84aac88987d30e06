package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolAuthorizationException;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tool can do to us while it runs, and cannot. */
@Timeout(60)
class ExecutionTest {
    private static final String HURRIED = "{gateway: {invoke: {timeoutMs: 150}}}";

    private final TestRoad road = new TestRoad();

    @AfterEach
    void stop() {
        Thread.interrupted();
        road.close();
    }

    private Outcome run(Tool.Handler handler) {
        return run("{}", handler);
    }

    private Outcome run(String config, Tool.Handler handler) {
        road.serving(config, Tool.of(TestRoad.named("probe"), handler));
        return road.invoke(FakeCall.of("probe"));
    }

    private static ToolResult sleep() throws InterruptedException {
        Thread.sleep(30_000);
        return ToolResult.text("slept");
    }

    @Test
    void lateToolIsInterruptedAndItsResultDiscarded() {
        AtomicBoolean interrupted = new AtomicBoolean();

        Outcome outcome = run(HURRIED, call -> {
            try {
                return sleep();
            } catch (InterruptedException late) {
                interrupted.set(true);
                return ToolResult.text("too late");
            }
        });

        assertEquals(new Outcome.TimedOut(Duration.ofMillis(150)), outcome);
        assertTrue(interrupted.get());
        assertEquals("timed_out", road.onlyRecord().outcome());
    }

    @Test
    void toolKnowsThatItIsLate() {
        AtomicBoolean told = new AtomicBoolean();

        run(HURRIED, call -> {
            while (!call.cancelled()) {
                Thread.onSpinWait();
            }
            told.set(true);
            return ToolResult.none();
        });

        assertTrue(told.get());
    }

    @Test
    void configuredDeadlineOfAToolWinsOverItsOwnWish() {
        ToolDescriptor patient = ToolDescriptor.named("probe")
                .description("waits")
                .timeout(Duration.ofHours(1))
                .build();
        road.serving("{gateway: {invoke: {timeouts: {probe: 100}}}}", Tool.of(patient, call -> sleep()));

        Outcome outcome = road.invoke(FakeCall.of("probe"));

        assertEquals(new Outcome.TimedOut(Duration.ofMillis(100)), outcome);
    }

    @Test
    void wishOfAToolWinsOverTheCommonDeadline() {
        ToolDescriptor hurried = ToolDescriptor.named("probe")
                .description("waits")
                .timeout(Duration.ofMillis(100))
                .build();
        road.serving("{}", Tool.of(hurried, call -> sleep()));

        Outcome outcome = road.invoke(FakeCall.of("probe"));

        assertEquals(new Outcome.TimedOut(Duration.ofMillis(100)), outcome);
    }

    @Test
    void toolThatWishesForNoDeadlineRuns() {
        ToolDescriptor patient = ToolDescriptor.named("probe")
                .description("waits")
                .timeout(ChronoUnit.FOREVER.getDuration())
                .build();
        road.serving("{}", Tool.of(patient, call -> ToolResult.none()));

        assertInstanceOf(Outcome.Completed.class, road.invoke(FakeCall.of("probe")));
    }

    @Test
    void toolThatAsksForItGetsAPlatformThread() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        ToolDescriptor heavy = ToolDescriptor.named("probe")
                .description("calculates")
                .onPlatformThread()
                .build();
        road.serving("{}", Tool.of(heavy, call -> {
            thread.set(Thread.currentThread());
            return ToolResult.text("done");
        }));

        Outcome outcome = road.invoke(FakeCall.of("probe"));

        assertInstanceOf(Outcome.Completed.class, outcome);
        assertFalse(thread.get().isVirtual());
        assertFalse(thread.get() == Thread.currentThread());
    }

    @Test
    void lateToolOnAPlatformThreadIsAnsweredForAndInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        ToolDescriptor heavy = ToolDescriptor.named("probe")
                .description("calculates")
                .timeout(Duration.ofMillis(100))
                .onPlatformThread()
                .build();
        road.serving("{}", Tool.of(heavy, call -> {
            try {
                return sleep();
            } finally {
                interrupted.countDown();
            }
        }));

        Outcome outcome = road.invoke(FakeCall.of("probe"));

        assertEquals(new Outcome.TimedOut(Duration.ofMillis(100)), outcome);
        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    }

    @Test
    void nullIsAFailureOfTheTool() {
        assertInstanceOf(Outcome.ToolFailed.class, run(call -> null));
    }

    @Test
    void enormousResultIsAFailureOfTheTool() {
        Outcome outcome = run("{gateway: {invoke: {maxResultBytes: 1000}}}", call -> ToolResult.text("x".repeat(1001)));

        assertInstanceOf(Outcome.ToolFailed.class, outcome);
    }

    @Test
    void resultThatIsLargeOnlyWhenIndentedIsAFailureOfTheTool() {
        Object value = new ArrayList<>(java.util.Collections.nCopies(30_000, 1L));
        for (int i = 0; i < 400; i++) {
            value = List.of(value);
        }
        Object deep = value;

        assertInstanceOf(Outcome.ToolFailed.class, run(call -> ToolResult.of(deep)));
    }

    @Test
    void stackOverflowIsAFailureOfTheTool() {
        assertInstanceOf(Outcome.ToolFailed.class, run(call -> ToolResult.text("" + deeper(1))));
    }

    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    @Test
    void outOfMemoryIsAFailureOfTheTool() {
        assertInstanceOf(Outcome.ToolFailed.class, run(call -> {
            throw new OutOfMemoryError("in a test");
        }));
    }

    @Test
    void throwableThatIsNoExceptionIsAFailureOfTheTool() {
        assertInstanceOf(Outcome.ToolFailed.class, run(call -> {
            throw sneaky(new Throwable("neither exception nor error"));
        }));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable fault) throws T {
        throw (T) fault;
    }

    @Test
    void exceptionThatCannotBePrintedIsAFailureOfTheTool() {
        assertInstanceOf(Outcome.ToolFailed.class, run(call -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new StackOverflowError();
                }
            };
        }));
    }

    @Test
    void whatAToolSaysOfItsArgumentsReachesTheCaller() {
        assertEquals(new Outcome.InvalidArguments("city is on no map"), run(call -> {
            throw new ToolInputException("city is on no map");
        }));
    }

    @Test
    void refusalWhoseMessageFailsIsStillARefusal() {
        assertEquals(new Outcome.InvalidArguments("invalid tool arguments"), run(call -> {
            throw new ToolInputException("") {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new IllegalStateException();
                }
            };
        }));
    }

    @Test
    void toolMayRefuseItsPrincipal() {
        assertEquals(new Outcome.Forbidden("not yours"), run(call -> {
            throw new ToolAuthorizationException("not yours");
        }));
    }

    @Test
    void interruptFlagOfAToolStaysWithTheTool() {
        run(call -> {
            Thread.currentThread().interrupt();
            return ToolResult.none();
        });

        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void interruptOfALateToolStaysWithTheTool() {
        run("{gateway: {invoke: {timeoutMs: 50}}}", call -> {
            while (!call.cancelled()) {
                Thread.onSpinWait();
            }
            return ToolResult.none();
        });

        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void contextClassLoaderIsThePluginsWhileTheToolRunsAndNeverAfter() throws Exception {
        ClassLoader ours = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader plugins = new URLClassLoader(new URL[0]);
                URLClassLoader another = new URLClassLoader(new URL[0])) {
            road.pluginLoader = plugins;
            AtomicReference<ClassLoader> seen = new AtomicReference<>();

            run(call -> {
                seen.set(Thread.currentThread().getContextClassLoader());
                Thread.currentThread().setContextClassLoader(another);
                return ToolResult.none();
            });

            assertSame(plugins, seen.get());
            assertSame(ours, Thread.currentThread().getContextClassLoader());
        }
    }

    @Test
    void moreInvocationsThanMayRunAreRefused() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        road.serving(
                "{gateway: {invoke: {maxConcurrent: 1}}}",
                Tool.of(TestRoad.named("slow"), call -> {
                    running.countDown();
                    enough.await();
                    return ToolResult.none();
                }),
                Tool.of(TestRoad.named("probe"), call -> ToolResult.none()));
        Thread first = Thread.ofVirtual().start(() -> road.invoke(FakeCall.of("slow")));
        running.await();

        Outcome second = road.invoke(FakeCall.of("probe"));
        enough.countDown();
        first.join();
        Outcome third = road.invoke(FakeCall.of("probe"));

        assertInstanceOf(Outcome.Overloaded.class, second);
        assertInstanceOf(Outcome.Completed.class, third);
    }

    @Test
    void callerWhoHangsUpCancelsTheTool() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        road.serving("{}", Tool.of(TestRoad.named("probe"), call -> {
            running.countDown();
            return sleep();
        }));
        FakeCall call = FakeCall.of("probe");
        Thread request = Thread.ofVirtual().start(() -> outcome.set(road.invoke(call)));
        running.await();

        call.hangUp();
        request.join();

        assertInstanceOf(Outcome.Cancelled.class, outcome.get());
        assertEquals("cancelled", road.onlyRecord().outcome());
    }

    @Test
    void actionIsMergedWhereTheToolKnowsOne() {
        AtomicReference<Map<String, Object>> seen = new AtomicReference<>();
        road.serving(
                "{}",
                Tool.of(
                        TestRoad.named(
                                "probe",
                                dev.portcullis.gateway.api.tool.InputSchema.object()
                                        .optionalString("action", "what to do")),
                        call -> {
                            seen.set(call.arguments().asMap());
                            return ToolResult.none();
                        }));

        road.invoke(FakeCall.of("probe").action("list"));

        assertEquals(Map.of("action", "list"), seen.get());
    }
}
