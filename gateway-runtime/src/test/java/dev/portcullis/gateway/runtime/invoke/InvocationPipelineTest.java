package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InvocationPipelineTest {
    @Test
    void callerOfARunawayIsAnsweredAlthoughTheRecordCannotBeWritten() {
        FakeCall call = FakeCall.of("probe");
        Tool deaf = Tool.of(TestRoad.named("probe"), invocation -> {
            while (call.early.isEmpty()) {
                Thread.onSpinWait();
            }
            return ToolResult.none();
        });
        try (TestRoad road = new TestRoad()) {
            road.serving("{gateway: {invoke: {timeoutMs: 50, watchdog: {graceMs: 1}}}}", deaf);
            Snapshot now = road.current();
            InvocationPipeline pipeline = road.pipeline(outcome -> {
                throw new OutOfMemoryError("of a test");
            });

            pipeline.invoke(now, now.ingress().attribute("127.0.0.1", call.headers()), call);

            assertEquals(List.of(new Outcome.TimedOut(Duration.ofMillis(50))), call.early);
        }
    }
}
