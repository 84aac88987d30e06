package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.catalog.ArgumentsValidator;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small call cannot make endless work before its tool runs. */
class BoundedCheckTest {
    @TempDir
    private Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(
                folder,
                "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN + "'}, invoke: {timeoutMs: 3000}}}",
                new Hazardous());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** Its schemas are of the kind that authors write without a thought. */
    static final class Hazardous implements ToolProvider {
        @Override
        public String name() {
            return "hazardous";
        }

        @Override
        public List<Tool> tools(PluginContext context) {
            Map<String, Object> again = Map.of("$ref", "#/$defs/f");
            List<Object> branches = Stream.concat(
                            Stream.of("and", "or", "not")
                                    .<Object>map(word -> Map.of(
                                            "type", "object",
                                            "properties",
                                                    Map.of(
                                                            "op", Map.of("const", word),
                                                            "args", Map.of("type", "array", "items", again)),
                                            "required", List.of("op", "args"))),
                            Stream.of(Map.of("type", "object", "required", List.of("field", "equals"))))
                    .toList();
            return List.of(
                    tool(
                            "match",
                            InputSchema.object()
                                    .property("s", Map.of("type", "string", "pattern", "^(.*?,){25}P"), true)),
                    tool(
                            "filter",
                            InputSchema.of(Map.of(
                                    "type", "object",
                                    "properties", Map.of("filter", again),
                                    "$defs", Map.of("f", Map.of("oneOf", branches))))),
                    Tool.of(
                            ToolDescriptor.named("amount")
                                    .description("says what it got")
                                    .input(InputSchema.object()
                                            .property(
                                                    "a",
                                                    Map.of(
                                                            "type",
                                                            "number",
                                                            "maximum",
                                                            new BigDecimal("99999999999999.985")),
                                                    true))
                                    .build(),
                            call -> ToolResult.of(Map.of(
                                    "text", call.arguments().number("a").toString(),
                                    "number", call.arguments().number("a"),
                                    "plain", call.arguments().asMap()))));
        }

        private static Tool tool(String name, InputSchema schema) {
            return Tool.of(
                    ToolDescriptor.named(name)
                            .description("a tool of the test")
                            .input(schema)
                            .build(),
                    call -> ToolResult.text("ok"));
        }
    }

    private HttpResponse<String> call(String tool, String args) {
        return gateway.invoke("{\"tool\":\"" + tool + "\",\"args\":" + args + "}");
    }

    private void assertOneRecord(String tool) throws Exception {
        gateway.close();
        assertEquals(
                1,
                gateway.auditLines().stream()
                        .filter(line -> line.contains("\"" + tool + "\""))
                        .count());
    }

    @Test
    void expressionThatBacktracksIsAnsweredAndRecorded() throws Exception {
        String numbers = IntStream.rangeClosed(1, 33).mapToObj(String::valueOf).collect(Collectors.joining(","));

        HttpResponse<String> answer = call("match", "{\"s\":\"" + numbers + "\"}");

        assertTrue(answer.statusCode() == 400 || answer.statusCode() == 504, answer.body());
        assertOneRecord("match");
    }

    @Test
    void unionThatComesBackToItselfIsAnsweredAndRecorded() throws Exception {
        String filter =
                "{\"op\":\"and\",\"args\":[".repeat(100) + "{\"field\":\"a\",\"equals\":\"b\"}" + "]}".repeat(100);

        HttpResponse<String> answer = call("filter", "{\"filter\":" + filter + "}");

        assertTrue(answer.statusCode() == 400 || answer.statusCode() == 504, answer.body());
        assertOneRecord("filter");
    }

    /** They are compiled when first needed, so that a start need not. */
    @Test
    void schemasThatShipAreValid() throws Exception {
        int compiled = 0;
        for (ToolProvider provider : GatewayOptions.BuiltIns.ofBootLayer().tools()) {
            for (Tool tool : provider.tools(mock(PluginContext.class, RETURNS_DEEP_STUBS))) {
                assertEquals(
                        List.of(),
                        ArgumentsValidator.compile(tool.descriptor().input().toMap())
                                .hazards());
                compiled++;
            }
        }
        assertTrue(compiled > 5, compiled + " schemas");
    }

    @Test
    void everyDigitComesInAndGoesOut() {
        for (String number : List.of("12345678901.12345678901", "0.1234567890123456789", "1.50")) {
            String answer = call("amount", "{\"a\":" + number + "}").body();

            assertTrue(answer.contains("\"text\":\"" + number + "\""), answer);
            assertTrue(answer.contains("\"number\":" + number), answer);
            assertTrue(answer.contains("{\"a\":" + number + "}"), answer);
        }
    }

    @Test
    void boundsJudgeWhatWasSent() {
        assertEquals(400, call("amount", "{\"a\":99999999999999.99}").statusCode());
        assertEquals(400, call("amount", "{\"a\":\"99999999999999.99\"}").statusCode());
        assertEquals(200, call("amount", "{\"a\":99999999999999.98}").statusCode());
        assertEquals(400, call("amount", "{\"a\":1e999999999}").statusCode());
    }
}
