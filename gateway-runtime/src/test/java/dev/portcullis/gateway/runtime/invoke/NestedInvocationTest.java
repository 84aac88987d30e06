package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.audit.AuditRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools that run tools, and what else they are lent. */
@Timeout(60)
class NestedInvocationTest {
    private final TestRoad road = new TestRoad();

    @AfterEach
    void stop() {
        road.close();
    }

    private static Tool asking(String name, String other) {
        return Tool.of(TestRoad.named(name), call -> call.services().invoker().invoke(other, Map.of()));
    }

    @Test
    void nestedInvocationIsDecidedAndRecordedLikeAnyOther() {
        road.serving("{}", asking("outer", "inner"), Tool.of(TestRoad.named("inner"), call -> ToolResult.text("in")));

        Outcome outcome = road.invoke(FakeCall.of("outer"));

        assertInstanceOf(Outcome.Completed.class, outcome);
        AuditRecord inner = road.records.getFirst();
        assertEquals("inner", inner.request().tool());
        assertEquals("tool", inner.surface());
        assertEquals("invocation TEST-1", inner.client());
        assertEquals("outer", road.records.getLast().request().tool());
    }

    @Test
    void nestedDeniedToolIsNeverInvoked() {
        Tool.Handler inner = mock(Tool.Handler.class);
        road.serving("{tools: {deny: ['inner']}}", asking("outer", "inner"), Tool.of(TestRoad.named("inner"), inner));

        Outcome outcome = road.invoke(FakeCall.of("outer"));

        assertEquals(new Outcome.InvalidArguments("Tool not available: inner"), outcome);
        verifyNoInteractions(inner);
    }

    @Test
    void toolsThatAskForEachOtherEndAtTheDepthLimit() {
        AtomicInteger runs = new AtomicInteger();
        road.serving("{}", Tool.of(TestRoad.named("outer"), call -> {
            runs.incrementAndGet();
            return call.services().invoker().invoke("outer", Map.of());
        }));

        Outcome outcome = road.invoke(FakeCall.of("outer"));

        assertInstanceOf(Outcome.ToolFailed.class, outcome);
        assertEquals(1 + NestedInvoker.DEEPEST, runs.get());
        assertEquals(1 + NestedInvoker.DEEPEST, road.records.size());
    }

    @Test
    void nestedInvocationNeedsNoPlaceOfItsOwn() {
        road.serving(
                "{gateway: {invoke: {maxConcurrent: 1}}}",
                asking("outer", "inner"),
                Tool.of(TestRoad.named("inner"), call -> ToolResult.text("in")));

        assertInstanceOf(Outcome.Completed.class, road.invoke(FakeCall.of("outer")));
    }

    @Test
    void nestedInvocationHasNoMoreTimeThanItsParent() {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        road.serving(
                "{gateway: {invoke: {timeouts: {outer: 150}}}}",
                Tool.of(TestRoad.named("outer"), call -> {
                    try {
                        return call.services().invoker().invoke("inner", Map.of());
                    } catch (IllegalStateException failed) {
                        // the flag must be there for the tool that is late too
                        Thread.sleep(30_000);
                        return ToolResult.none();
                    }
                }),
                Tool.of(TestRoad.named("inner"), call -> {
                    try {
                        Thread.sleep(30_000);
                    } catch (InterruptedException late) {
                        seen.set(late);
                        throw late;
                    }
                    return ToolResult.none();
                }));

        Outcome outcome = road.invoke(FakeCall.of("outer"));

        assertInstanceOf(Outcome.TimedOut.class, outcome);
        assertInstanceOf(InterruptedException.class, seen.get());
        assertEquals("timed_out", road.records.getLast().outcome());
    }

    @Test
    void serviceThatWasNotGrantedIsRefusedWithTheLineThatGrantsIt() {
        AtomicReference<String> text = new AtomicReference<>("");
        road.lending(Set.of("sessions")).serving("{}", Tool.of(TestRoad.named("probe"), call -> {
            text.set(assertThrows(
                            IllegalStateException.class, () -> call.services().invoker())
                    .getMessage());
            call.services().sessions();
            return ToolResult.none();
        }));

        assertInstanceOf(Outcome.Completed.class, road.invoke(FakeCall.of("probe")));

        assertTrue(text.get().contains("plugins.entries.acme.services"), text.get());
    }

    @Test
    void whatWasLentEndsWithTheInvocation() {
        Tool.Handler inner = mock(Tool.Handler.class);
        AtomicReference<GatewayServices.Invoker> kept = new AtomicReference<>();
        AtomicReference<GatewayServices> services = new AtomicReference<>();
        road.serving(
                "{}",
                Tool.of(TestRoad.named("outer"), call -> {
                    services.set(call.services());
                    kept.set(call.services().invoker());
                    return ToolResult.none();
                }),
                Tool.of(TestRoad.named("inner"), inner));
        road.invoke(FakeCall.of("outer"));

        assertThrows(IllegalStateException.class, () -> kept.get().invoke("inner", Map.of()));
        assertThrows(IllegalStateException.class, () -> services.get().sessions());
        verifyNoInteractions(inner);
    }

    @Test
    void cancelledToolRunsNoOtherTools() {
        Tool.Handler inner = mock(Tool.Handler.class);
        FakeCall call = FakeCall.of("outer");
        road.serving(
                "{}",
                Tool.of(TestRoad.named("outer"), run -> {
                    GatewayServices.Invoker invoker = run.services().invoker();
                    call.hangUp();
                    return invoker.invoke("inner", Map.of());
                }),
                Tool.of(TestRoad.named("inner"), inner));

        Outcome outcome = road.invoke(call);

        assertInstanceOf(Outcome.Cancelled.class, outcome);
        verifyNoInteractions(inner);
    }

    @Test
    void nestedArgumentsThatShareThemselvesEndlesslyRunNothing() {
        Tool.Handler inner = mock(Tool.Handler.class);
        road.serving(
                "{}",
                Tool.of(TestRoad.named("outer"), call -> {
                    List<Object> value = List.of("leaf");
                    for (int i = 0; i < 40; i++) {
                        value = List.of(value, value);
                    }
                    return call.services().invoker().invoke("inner", Map.of("value", value));
                }),
                Tool.of(TestRoad.named("inner"), inner));

        assertInstanceOf(Outcome.ToolFailed.class, road.invoke(FakeCall.of("outer")));
        verifyNoInteractions(inner);
    }

    @Test
    void nestedArgumentsAreChecked() {
        AtomicReference<Exception> seen = new AtomicReference<>();
        road.serving(
                "{}",
                Tool.of(TestRoad.named("outer"), call -> {
                    seen.set(assertThrows(
                            ToolInputException.class,
                            () -> call.services().invoker().invoke("inner", Map.of())));
                    return ToolResult.none();
                }),
                Tool.of(
                        TestRoad.named(
                                "inner",
                                dev.portcullis.gateway.api.tool.InputSchema.object()
                                        .requiredString("city")),
                        call -> ToolResult.none()));

        road.invoke(FakeCall.of("outer"));

        assertEquals("city required", seen.get().getMessage());
    }

    @Test
    void callerOfAToolThatWaitsForARunawayIsAnsweredAndTheRunawayAloneIsRefused() {
        FakeCall call = FakeCall.of("outer");
        AtomicReference<WatchReport> seen = new AtomicReference<>();
        road.serving(
                "{gateway: {invoke: {timeoutMs: 50, watchdog: {graceMs: 1}}}}",
                asking("outer", "inner"),
                Tool.of(TestRoad.named("inner"), run -> {
                    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                    while (call.early.isEmpty() && System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    seen.set(road.executor.report());
                    return ToolResult.none();
                }));

        road.invoke(call);

        assertEquals(List.of(new Outcome.TimedOut(Duration.ofMillis(50))), call.early);
        assertEquals(
                List.of(new WatchReport.Runaway("inner", "acme", 1)), seen.get().runaways());
        assertEquals(
                List.of("inner", "outer"),
                road.records.stream().map(entry -> entry.request().tool()).toList());
    }

    @Test
    void nestedInvocationThatEndedIsHeldByNobodyUntilTheCallerLeaves() {
        FakeCall call = FakeCall.of("outer");
        road.serving(
                "{}",
                Tool.of(TestRoad.named("outer"), run -> {
                    for (int i = 0; i < 10; i++) {
                        run.services().invoker().invoke("inner", Map.of());
                    }
                    return ToolResult.none();
                }),
                Tool.of(TestRoad.named("inner"), run -> ToolResult.none()));

        road.invoke(call);

        assertEquals(11, road.records.size());
        assertEquals(1, call.listening());
    }

    private static ToolDescriptor elsewhere(String name) {
        return ToolDescriptor.named(name)
                .description("a tool of the test")
                .onPlatformThread()
                .build();
    }

    @Test
    void callerWhoHangsUpCancelsWhatHisToolAskedFor() {
        FakeCall call = FakeCall.of("outer");
        road.serving("{}", asking("outer", "inner"), Tool.of(elsewhere("inner"), run -> {
            call.hangUp();
            Thread.sleep(30_000);
            return ToolResult.none();
        }));

        assertInstanceOf(Outcome.Cancelled.class, road.invoke(call));

        assertEquals(
                List.of("cancelled", "cancelled"),
                road.records.stream().map(AuditRecord::outcome).toList());
    }

    @Test
    void nestedToolOnAThreadOfItsOwnIsLateAndNotLeft() {
        road.serving(
                "{gateway: {invoke: {timeoutMs: 100}}}", asking("outer", "inner"), Tool.of(elsewhere("inner"), run -> {
                    Thread.sleep(30_000);
                    return ToolResult.none();
                }));

        road.invoke(FakeCall.of("outer"));

        assertEquals(
                List.of("timed_out", "timed_out"),
                road.records.stream().map(AuditRecord::outcome).toList());
    }

    @Test
    void nestedToolThatGoesOnKeepsThePlaceOfItsCaller() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        road.serving(
                "{gateway: {invoke: {maxConcurrent: 1, timeouts: {inner: 50}}}}",
                asking("outer", "inner"),
                Tool.of(elsewhere("inner"), run -> {
                    while (enough.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return ToolResult.none();
                }),
                Tool.of(TestRoad.named("probe"), run -> ToolResult.none()));

        try {
            assertInstanceOf(Outcome.ToolFailed.class, road.invoke(FakeCall.of("outer")));
            assertInstanceOf(Outcome.Overloaded.class, road.invoke(FakeCall.of("probe")));
        } finally {
            enough.countDown();
        }

        while (road.executor.report().running() > 0) {
            Thread.sleep(5);
        }
        assertInstanceOf(Outcome.Completed.class, road.invoke(FakeCall.of("probe")));
    }
}
