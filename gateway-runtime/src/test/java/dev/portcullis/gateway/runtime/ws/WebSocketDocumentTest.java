package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.Document;
import dev.portcullis.gateway.runtime.TestGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the protocol says what the gateway does. */
class WebSocketDocumentTest {
    @TempDir
    Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder, "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN + "'}}}");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static Map<String, String> documented() {
        Map<String, String> scopes = new TreeMap<>();
        for (Map<String, String> row : Document.of("websocket.md").table("## Methods")) {
            String scope = Document.code(row.get("scope")).getFirst();
            Document.code(row.get("method")).forEach(method -> scopes.put(method, scope));
        }
        return scopes;
    }

    @Test
    void everyMethodIsThereAndNoOther() throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            socket.next();
            Map<String, Object> hello =
                    socket.ask("connect", RawWebSocket.connect(TestGateway.TOKEN, "cli", "operator.read"));
            Map<?, ?> features = (Map<?, ?>) ((Map<?, ?>) hello.get("payload")).get("features");

            assertEquals(
                    documented().keySet(),
                    new TreeSet<>(((List<?>) features.get("methods"))
                            .stream().map(String::valueOf).toList()));
        }
    }

    @Test
    void everyMethodNeedsItsScopeAndSaysWhich() throws Exception {
        try (RawWebSocket nobody = RawWebSocket.connected(gateway.port(), TestGateway.TOKEN)) {
            for (Map.Entry<String, String> method : documented().entrySet()) {
                Map<?, ?> error =
                        (Map<?, ?>) nobody.ask(method.getKey(), Map.of()).get("error");

                assertEquals("FORBIDDEN", error.get("code"), method::toString);
                assertEquals("missing scope: " + method.getValue(), error.get("message"));
                assertEquals(
                        Map.of(
                                "code",
                                "MISSING_SCOPE",
                                "missingScope",
                                method.getValue(),
                                "requiredScopes",
                                List.of(method.getValue())),
                        error.get("details"));
            }
        }
    }

    @Test
    void boundsAreThoseOfTheCode() {
        String bounds = Document.of("websocket.md").section("## Bounds");
        Limits limits = Limits.of(Map.of());

        assertTrue(bounds.contains((Limits.STRANGERS_MESSAGE >> 10) + " KiB a message before"), bounds);
        assertTrue(bounds.contains((Limits.MESSAGE >> 20) + " MiB after"), bounds);
        assertTrue(bounds.contains(limits.handshake().toSeconds() + " s for the handshake"), bounds);
        assertTrue(bounds.contains(limits.strangers() + " connections of a"), bounds);
        assertTrue(bounds.contains(Limits.IN_FLIGHT + " requests of a connection"), bounds);
    }
}
