package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a collector on this machine is sent. */
class OtlpTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @TempDir
    Path folder;

    private Collector collector;

    @BeforeEach
    void listen() throws IOException {
        collector = new Collector();
    }

    @AfterEach
    void stop() throws IOException {
        collector.close();
    }

    @Test
    void invocationBecomesASpanOfTheCallersTrace() throws Exception {
        try (TestGateway gateway = start("")) {
            call(gateway, "session_status", "00-" + TRACE + "-" + SPAN + "-01");
        }

        JsonNode span = spans().getFirst();
        assertEquals("execute_tool session_status", span.get("name").asString());
        assertEquals(TRACE, span.get("traceId").asString());
        assertEquals(SPAN, span.get("parentSpanId").asString());
        assertTrue(span.get("spanId").asString().matches("[0-9a-f]{16}"));
        assertTrue(span.get("startTimeUnixNano").asLong()
                < span.get("endTimeUnixNano").asLong());
        assertEquals("execute_tool", attribute(span, "gen_ai.operation.name"));
        assertEquals("session_status", attribute(span, "gen_ai.tool.name"));
        assertEquals("completed", attribute(span, "portcullis.outcome"));
        assertFalse(span.has("status"));
    }

    @Test
    void deniedInvocationIsAnErrorAndNamesTheStep() throws Exception {
        try (TestGateway gateway = start("")) {
            call(gateway, "made_up", "not a traceparent");
        }

        JsonNode span = spans().getFirst();
        assertEquals("execute_tool", span.get("name").asString());
        assertNotEquals(TRACE, span.get("traceId").asString());
        assertFalse(span.has("parentSpanId"));
        assertEquals(2, span.get("status").get("code").asInt());
        assertEquals("tools.allow", attribute(span, "portcullis.policy.label"));
        assertEquals("not_available", attribute(span, "error.type"));
        assertFalse(span.toString().contains("made_up"));
    }

    @Test
    void callerWhoDoesNotWantASpanGetsNone() throws Exception {
        try (TestGateway gateway = start("")) {
            call(gateway, "session_status", "00-" + TRACE + "-" + SPAN + "-00");
        }

        assertEquals(List.of(), spans());
    }

    @Test
    void rateDecidesWhereTheCallerDoesNot() throws Exception {
        try (TestGateway gateway = start("sampleRate: 0,")) {
            call(gateway, "session_status", "");
            call(gateway, "session_status", "00-" + TRACE + "-" + SPAN + "-01");
        }

        assertEquals(1, spans().size());
    }

    @Test
    void metricsAreSentWithTheNamesOfTheConventions() throws Exception {
        try (TestGateway gateway = start("")) {
            call(gateway, "session_status", "");
        }

        Collector.Received last = collector.received().stream()
                .filter(one -> one.path().equals("/v1/metrics"))
                .reduce((one, other) -> other)
                .orElseThrow();
        JsonNode metrics = json(last).at("/resourceMetrics/0/scopeMetrics/0/metrics");
        JsonNode invocations = named(metrics, "portcullis_invocations").at("/sum/dataPoints/0");
        assertEquals(1, invocations.get("asDouble").asDouble());
        assertEquals("session_status", attribute(invocations, "gen_ai.tool.name"));
        JsonNode duration = named(metrics, "http.server.request.duration").at("/histogram/dataPoints/0");
        assertEquals("1", duration.get("count").asString());
        assertEquals(
                duration.get("explicitBounds").size() + 1,
                duration.get("bucketCounts").size());
        assertEquals("portcullis-test", attribute(json(last).at("/resourceMetrics/0/resource"), "service.name"));
    }

    @Test
    void credentialOfTheCollectorIsSentAndArgumentsAreNot() throws Exception {
        try (TestGateway gateway = start("")) {
            gateway.invoke("{\"tool\":\"session_status\",\"args\":{\"sessionKey\":\"canary-argument\"}}");
        }

        assertTrue(collector.received().stream()
                .allMatch(one -> "Basic collector-secret".equals(one.header("authorization"))));
        assertFalse(bodies().contains("canary"));
        assertFalse(bodies().contains(TestGateway.TOKEN));
    }

    @Test
    void partsOfTheRoadAreBelowTheInvocationAndInItsOrder() throws Exception {
        try (TestGateway gateway = start("")) {
            call(gateway, "session_status", "00-" + TRACE + "-" + SPAN + "-01");
        }

        List<JsonNode> all = all();
        JsonNode whole = spans().getFirst();
        long last = whole.get("startTimeUnixNano").asLong();
        for (String name : List.of("portcullis.authenticate", "portcullis.decide", "portcullis.run")) {
            JsonNode part = step(all, name);
            assertEquals(TRACE, part.get("traceId").asString());
            assertEquals(
                    whole.get("spanId").asString(), part.get("parentSpanId").asString());
            assertTrue(part.get("startTimeUnixNano").asLong() >= last, all::toString);
            last = part.get("endTimeUnixNano").asLong();
            assertTrue(last >= part.get("startTimeUnixNano").asLong(), all::toString);
        }
        assertTrue(last <= whole.get("endTimeUnixNano").asLong(), all::toString);
        assertEquals(4, all.size());
    }

    @Test
    void whatWasNotReachedHasNoSpan() throws Exception {
        try (TestGateway gateway = start("")) {
            call(gateway, "made_up", "");
        }

        List<String> names =
                all().stream().map(span -> span.get("name").asString()).toList();
        assertEquals(List.of("execute_tool", "portcullis.authenticate", "portcullis.decide"), names);
    }

    @Test
    void collectorThatTakesAndNeverAnswersCostsCallsNothing() throws Exception {
        collector.close();
        collector = new Collector(false);
        try (TestGateway gateway = start("flushIntervalMs: 100,")) {
            for (int i = 0; i < 200; i++) {
                assertEquals(200, call(gateway, "session_status", ""));
            }
            for (int i = 0; i < 500 && collector.waiting() == 0; i++) {
                Thread.sleep(20);
            }

            // it hangs, and calls go on all the same
            assertEquals(1, collector.waiting());
            assertEquals(200, call(gateway, "session_status", ""));
        }
    }

    @Test
    void collectorThatIsGoneCostsCallsNothing() throws Exception {
        collector.close();
        try (TestGateway gateway = start("")) {
            assertEquals(200, call(gateway, "session_status", ""));
        }
    }

    private TestGateway start(String more) throws IOException, GatewayStartException {
        return TestGateway.start(
                folder,
                """
                        { gateway: { port: 0, auth: { token: '%s' } }, tools: { allow: ['session_status'] },
                          diagnostics: { otel: { enabled: true, endpoint: 'http://127.0.0.1:%d', %s
                            serviceName: 'portcullis-test', headers: { authorization: { source: 'env', id: 'COLLECTOR' } } } } }
                        """.formatted(
                                TestGateway.TOKEN,
                                collector.port(),
                                more.contains("flushIntervalMs") ? more : "flushIntervalMs: 3600000, " + more),
                Map.of("COLLECTOR", "Basic collector-secret"));
    }

    private static int call(TestGateway gateway, String tool, String traceparent) {
        HttpRequest.Builder request = gateway.request("/tools/invoke")
                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("{\"tool\":\"" + tool + "\"}"));
        return gateway.send((traceparent.isEmpty() ? request : request.header("traceparent", traceparent)).build())
                .statusCode();
    }

    /** Those of invocations. */
    private List<JsonNode> spans() {
        return all().stream()
                .filter(span -> span.get("name").asString().startsWith("execute_tool"))
                .toList();
    }

    private static JsonNode step(List<JsonNode> all, String name) {
        return all.stream()
                .filter(span -> span.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is missing in " + all));
    }

    private List<JsonNode> all() {
        List<JsonNode> spans = new ArrayList<>();
        collector.received().stream()
                .filter(one -> one.path().equals("/v1/traces"))
                .forEach(one ->
                        json(one).at("/resourceSpans/0/scopeSpans/0/spans").forEach(spans::add));
        return spans;
    }

    private static JsonNode json(Collector.Received one) {
        return new JsonMapper().readTree(one.body());
    }

    private String bodies() {
        return collector.received().stream()
                .map(Collector.Received::body)
                .toList()
                .toString();
    }

    private static JsonNode named(JsonNode metrics, String name) {
        for (JsonNode metric : metrics) {
            if (metric.get("name").asString().equals(name)) {
                return metric;
            }
        }
        throw new AssertionError(name + " is missing in " + metrics);
    }

    private static String attribute(JsonNode of, String key) {
        for (JsonNode attribute : of.get("attributes")) {
            if (attribute.get("key").asString().equals(key)) {
                return attribute.get("value").get("stringValue").asString();
            }
        }
        throw new AssertionError(key + " is missing in " + of);
    }
}
