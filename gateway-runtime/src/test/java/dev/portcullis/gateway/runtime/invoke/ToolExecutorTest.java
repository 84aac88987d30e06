package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.catalog.CatalogTools;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class ToolExecutorTest {
    @Test
    void placeIsGivenBackWhenMemoryRanOutBeforeTheToolBegan() {
        try (TestRoad road = new TestRoad()) {
            Tool tool = Tool.of(TestRoad.named("probe"), call -> ToolResult.none());
            road.serving("{gateway: {invoke: {maxConcurrent: 1}}}", tool);
            Tenure unlucky = Mockito.mock(Tenure.class);
            Mockito.doThrow(new OutOfMemoryError("of a test")).when(unlucky).begin(Mockito.any());
            Snapshot snapshot = road.current();
            Execution execution = Mockito.mock(Execution.class);
            Mockito.when(execution.snapshot()).thenReturn(snapshot);
            Mockito.when(execution.tool())
                    .thenReturn(CatalogTools.of(
                            tool, "acme", "1.0", Set.of(), getClass().getClassLoader()));
            Mockito.when(execution.toolName()).thenReturn("probe");
            Mockito.when(execution.tenure()).thenReturn(unlucky);
            assertThrows(OutOfMemoryError.class, () -> road.executor.execute(execution, FakeCall.of("probe")));

            Outcome outcome = road.invoke(FakeCall.of("probe"));

            assertInstanceOf(Outcome.Completed.class, outcome);
            assertEquals(0, road.executor.report().running());
        }
    }

    @Test
    void toolThatIsAboutToBeginWhenTheGatewayStopsDoesNotRun() {
        try (TestRoad road = new TestRoad()) {
            Tool tool = Tool.of(TestRoad.named("probe"), call -> ToolResult.none());
            road.serving("{}", tool);
            Preparation preparation = Mockito.mock(Preparation.class);
            Execution execution = prepared(road, tool);
            Mockito.when(execution.preparation()).thenReturn(preparation);
            // asked for on the way to the tool
            Mockito.when(execution.toolName()).thenAnswer(asked -> {
                road.executor.cutOff();
                return "probe";
            });

            Outcome outcome = road.executor.execute(execution, FakeCall.of("probe"));

            assertInstanceOf(Outcome.Draining.class, outcome);
            Mockito.verify(preparation, Mockito.never()).prepare();
            assertEquals(0, road.executor.occupied());
        }
    }

    @Test
    void whoTakesNoAnswerKeepsNoOtherFromBeingAnsweredWhenTheGatewayStops() throws Exception {
        CountDownLatch began = new CountDownLatch(2);
        CountDownLatch bothAnswered = new CountDownLatch(2);
        AtomicInteger together = new AtomicInteger();
        Tool tool = Tool.of(TestRoad.named("probe"), call -> {
            began.countDown();
            new CountDownLatch(1).await();
            return ToolResult.none();
        });
        try (TestRoad road = new TestRoad()) {
            road.serving("{}", tool);
            for (int i = 0; i < 2; i++) {
                Execution execution = prepared(road, tool);
                Mockito.when(execution.abandoned()).thenReturn(outcome -> {
                    bothAnswered.countDown();
                    // each goes on when the other has been answered, too
                    if (met(bothAnswered)) {
                        together.incrementAndGet();
                    }
                });
                Thread.ofVirtual().start(() -> road.executor.execute(execution, FakeCall.of("probe")));
            }
            assertTrue(met(began));

            road.executor.cutOff();

            assertEquals(2, together.get());
        }
    }

    private static boolean met(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private static Execution prepared(TestRoad road, Tool tool) {
        Snapshot snapshot = road.current();
        CatalogTool found = CatalogTools.of(tool, "acme", "1.0", Set.of(), ToolExecutorTest.class.getClassLoader());
        Arguments arguments = Mockito.mock(Arguments.class);
        Execution execution = Mockito.mock(Execution.class);
        Mockito.when(execution.snapshot()).thenReturn(snapshot);
        Mockito.when(execution.tool()).thenReturn(found);
        Mockito.when(execution.toolName()).thenReturn("probe");
        Mockito.when(execution.tenure()).thenReturn(Mockito.mock(Tenure.class));
        Mockito.when(execution.preparation()).thenReturn(() -> arguments);
        return execution;
    }
}
