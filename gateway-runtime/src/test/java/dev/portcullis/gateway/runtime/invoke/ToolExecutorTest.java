package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.catalog.CatalogTools;
import java.util.Set;
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
            Snapshot snapshot = road.current();
            Preparation preparation = Mockito.mock(Preparation.class);
            Execution execution = Mockito.mock(Execution.class);
            Mockito.when(execution.snapshot()).thenReturn(snapshot);
            Mockito.when(execution.tool())
                    .thenReturn(CatalogTools.of(
                            tool, "acme", "1.0", Set.of(), getClass().getClassLoader()));
            Mockito.when(execution.tenure()).thenReturn(Mockito.mock(Tenure.class));
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
}
