package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.Collector;
import dev.portcullis.gateway.runtime.TestGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invocation over a WebSocket is part of its caller's trace. */
class TracedSocketTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path folder;

    @Test
    void spanOfAnInvocationBelongsToTheTraceOfItsFrame() throws Exception {
        try (Collector collector = new Collector()) {
            try (TestGateway gateway = TestGateway.start(
                            folder,
                            "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN
                                    + "'}}, diagnostics: {otel: {enabled: true, flushIntervalMs: 3600000, endpoint: 'http://127.0.0.1:"
                                    + collector.port() + "'}}}");
                    RawWebSocket socket = RawWebSocket.connected(gateway.port(), TestGateway.TOKEN, "operator.write")) {
                socket.invokeTraced("traced", "sessions_list", "00-" + TRACE + "-00f067aa0ba902b7-01");
                assertEquals(true, socket.answer("traced").get("ok"));
            }

            String spans = collector.received().stream()
                    .filter(one -> one.path().equals("/v1/traces"))
                    .map(Collector.Received::body)
                    .findFirst()
                    .orElseThrow();
            assertTrue(spans.contains("\"traceId\":\"" + TRACE + "\""), spans);
            assertTrue(spans.contains("\"parentSpanId\":\"00f067aa0ba902b7\""), spans);
            assertTrue(spans.contains("execute_tool sessions_list"), spans);
        }
    }
}
