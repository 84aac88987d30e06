package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under a limited profile the tool {@code gateway} does not show the configuration. */
class LimitedActionsTest {
    private final AtomicInteger ran = new AtomicInteger();
    private final Tool gateway =
            Tool.of(TestRoad.named("gateway", InputSchema.object().optionalString("action", "what to do")), call -> {
                ran.incrementAndGet();
                return ToolResult.none();
            });

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {profile: 'minimal'}                                    | config.get
            {profile: 'coding'}                                     | config.schema.lookup
            {profile: 'messaging', alsoAllow: ['group:automation']} | config.get
            """)
    void profileThatDoesNotNameTheToolHidesTheConfiguration(String tools, String action) {
        Outcome outcome = invoke(tools, action);

        Outcome.InvalidArguments refused = assertInstanceOf(Outcome.InvalidArguments.class, outcome);
        assertEquals(
                "action must be update.run, the only one of gateway in its profile; to have " + action
                        + ", add \"gateway\" to tools.alsoAllow",
                refused.message());
        assertEquals(0, ran.get());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                            | config.get
            {profile: 'full'}                             | config.get
            {profile: 'minimal', alsoAllow: ['Gateway']}  | config.get
            {profile: 'minimal'}                          | update.run
            """)
    void elseItRuns(String tools, String action) {
        assertInstanceOf(Outcome.Completed.class, invoke(tools, action));
    }

    private Outcome invoke(String tools, String action) {
        try (TestRoad road =
                new TestRoad().serving("{gateway: {tools: {allow: ['gateway']}}, tools: " + tools + "}", gateway)) {
            return road.invoke(FakeCall.of("gateway").arguments(Map.of("action", action)));
        }
    }
}
