package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.ws.RawWebSocket.Closed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the upgrade to {@code hello-ok}, or to a refusal. */
class ConnectTest {
    @TempDir
    Path folder;

    private TestGateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private void start(String more, Map<String, String> environment) throws Exception {
        Path own = Files.createTempDirectory(folder, "gateway");
        gateway = TestGateway.start(
                own,
                "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN + "'" + more + "}}}",
                environment,
                dev.portcullis.gateway.runtime.GatewayOptions.BuiltIns.ofBootLayer()
                        .tools());
    }

    private Map<String, Object> refused(Consumer<Map<String, Object>> change, int code) throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            socket.next();
            Map<String, Object> params = new HashMap<>(RawWebSocket.connect(TestGateway.TOKEN, "cli", "operator.read"));
            change.accept(params);
            Map<String, Object> answer = socket.ask("connect", params);
            assertEquals(false, answer.get("ok"), answer::toString);
            Map<?, ?> error = (Map<?, ?>) answer.get("error");
            Closed closed = socket.closed();
            assertEquals(code, closed.code());
            assertEquals(error.get("message"), closed.reason());
            Map<String, Object> shown = new HashMap<>();
            error.forEach((name, value) -> shown.put(String.valueOf(name), value));
            return shown;
        }
    }

    @Test
    void upgradeIsAnsweredByTheBook() throws Exception {
        start("", Map.of());

        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            assertEquals(101, socket.status());
            assertTrue(socket.head().contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), socket.head());
            assertFalse(socket.head().toLowerCase().contains("extensions"), socket.head());
        }
    }

    @Test
    void rootAndBasePathCanBeUpgraded() throws Exception {
        start("}, controlUi: {basePath: '/openclaw'", Map.of());

        for (String path : List.of("/", "/?x=1", "/openclaw", "/openclaw/", "/openclaw?x=1")) {
            assertEquals(101, status("GET " + path + " HTTP/1.1", "13", "dGhlIHNhbXBsZSBub25jZQ=="), path);
        }
    }

    @Test
    void upgradeOfAnotherPathIsNoWebSocket() throws Exception {
        start("}, controlUi: {basePath: '/openclaw'", Map.of());

        Map<String, Integer> answers =
                Map.of("/healthz", 200, "/tools/invoke", 405, "/ws", 404, "/openclawx", 404, "/openclaw/x", 404);

        for (Map.Entry<String, Integer> answer : answers.entrySet()) {
            assertEquals(
                    answer.getValue(),
                    status("GET " + answer.getKey() + " HTTP/1.1", "13", "dGhlIHNhbXBsZSBub25jZQ=="),
                    answer.getKey());
        }
    }

    @Test
    void upgradeThatIsNoneIsRefused() throws Exception {
        start("", Map.of());

        assertEquals(426, status("GET / HTTP/1.1", "12", "dGhlIHNhbXBsZSBub25jZQ=="));
        assertEquals(400, status("GET / HTTP/1.1", "13", "c2hvcnQ="));
        assertEquals(400, status("GET / HTTP/1.1", "13", "no base 64"));
        assertEquals(404, status("POST / HTTP/1.1", "13", "dGhlIHNhbXBsZSBub25jZQ==", "Content-Length: 0"));
        assertEquals(403, status("GET / HTTP/1.1", "13", "dGhlIHNhbXBsZSBub25jZQ==", "X-Forwarded-For: 203.0.113.9"));
    }

    private int status(String line, String version, String key, String... more) throws IOException {
        try (RawWebSocket socket = RawWebSocket.upgrade(gateway.port(), line, version, key, more)) {
            return socket.status();
        }
    }

    @Test
    void gatewaySpeaksFirst() throws Exception {
        start("", Map.of());

        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            Map<String, Object> challenge = socket.next();
            assertEquals("connect.challenge", challenge.get("event"));
            Map<?, ?> payload = (Map<?, ?>) challenge.get("payload");
            assertFalse(String.valueOf(payload.get("nonce")).isBlank());
            assertTrue(payload.get("ts") instanceof Long);
        }
    }

    @Test
    void helloHasAllThatClientsNeed() throws Exception {
        start("", Map.of());

        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            socket.next();
            Map<String, Object> answer =
                    socket.ask("connect", RawWebSocket.connect(TestGateway.TOKEN, "cli", "operator.read"));

            Map<?, ?> hello = (Map<?, ?>) answer.get("payload");
            assertEquals("hello-ok", hello.get("type"));
            assertEquals(4, hello.get("protocol"));
            assertEquals(List.of("version", "connId"), List.copyOf(((Map<?, ?>) hello.get("server")).keySet()));
            assertEquals(List.of("methods", "events"), List.copyOf(((Map<?, ?>) hello.get("features")).keySet()));
            assertTrue(((List<?>) ((Map<?, ?>) hello.get("features")).get("methods")).contains("tools.invoke"));
            assertTrue(((List<?>) ((Map<?, ?>) hello.get("features")).get("events")).contains("tick"));
            Map<?, ?> snapshot = (Map<?, ?>) hello.get("snapshot");
            assertTrue(snapshot.keySet().containsAll(List.of("presence", "health", "stateVersion", "uptimeMs")));
            assertEquals(List.of("operator.read"), ((Map<?, ?>) hello.get("auth")).get("scopes"));
            assertEquals("operator", ((Map<?, ?>) hello.get("auth")).get("role"));
            assertEquals(
                    Map.of("maxPayload", 26214400, "maxBufferedBytes", 52428800, "tickIntervalMs", 30000),
                    hello.get("policy"));
        }
    }

    @Test
    void probeIsToldAllThatItsCredentialIsGoodFor() throws Exception {
        start("", Map.of());

        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            socket.next();
            Map<String, Object> answer =
                    socket.ask("connect", RawWebSocket.connect(TestGateway.TOKEN, "probe", "operator.read"));

            Map<?, ?> auth = (Map<?, ?>) ((Map<?, ?>) answer.get("payload")).get("auth");
            assertTrue(((List<?>) auth.get("scopes")).contains("operator.admin"), auth::toString);
        }
    }

    @Test
    void firstRequestMustBeConnect() throws Exception {
        start("", Map.of());

        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            socket.next();
            Map<String, Object> answer = socket.ask("health", Map.of());

            assertEquals(
                    "invalid handshake: first request must be connect",
                    ((Map<?, ?>) answer.get("error")).get("message"));
            assertEquals(1008, socket.closed().code());
        }
    }

    @Test
    void brokenFirstFrameClosesTheConnection() throws Exception {
        start("", Map.of());

        for (String text : List.of("{bad", "[]", "{\"type\":\"req\",\"id\":\"1\",\"method\":\"connect\",\"foo\":1}")) {
            try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
                socket.next();
                socket.text(text);
                assertEquals(new Closed(1008, "invalid request frame"), socket.closed(), text);
                socket.frame(RawWebSocket.CLOSE, new byte[] {3, (byte) 0xf0});
                assertTrue(socket.ended(), text);
            }
        }
    }

    @Test
    void otherProtocolsAreRefused() throws Exception {
        start("", Map.of());

        Map<String, Object> error = refused(
                params -> {
                    params.put("minProtocol", 5);
                    params.put("maxProtocol", 6);
                },
                1002);

        assertEquals("protocol mismatch", error.get("message"));
        assertEquals("PROTOCOL_MISMATCH", ((Map<?, ?>) error.get("details")).get("code"));
    }

    @Test
    void incompleteConnectSaysWhatIsMissing() throws Exception {
        start("", Map.of());

        assertEquals(
                "invalid connect params: must have required property 'client'",
                refused(params -> params.remove("client"), 1008).get("message"));
        assertEquals(
                "invalid role",
                refused(params -> params.put("role", "king"), 1008).get("message"));
        assertEquals(
                "NOT_PAIRED",
                refused(params -> params.put("role", "node"), 1008).get("code"));
    }

    @Test
    void wrongAndMissingCredentialsAreToldApartAndRecorded() throws Exception {
        start("", Map.of());

        Map<String, Object> wrong = refused(params -> params.put("auth", Map.of("token", "s3cret-guess")), 1008);
        Map<String, Object> missing = refused(params -> params.remove("auth"), 1008);
        gateway.close();

        assertEquals("INVALID_REQUEST", wrong.get("code"));
        assertEquals("AUTH_TOKEN_MISMATCH", ((Map<?, ?>) wrong.get("details")).get("code"));
        assertTrue(String.valueOf(wrong.get("message")).startsWith("unauthorized: gateway token mismatch ("));
        assertEquals("AUTH_TOKEN_MISSING", ((Map<?, ?>) missing.get("details")).get("code"));
        List<String> lines = gateway.auditLines();
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.getFirst().contains("\"surface\":\"ws\""), lines::toString);
        assertTrue(lines.getFirst().contains("\"authFailure\":\"token_mismatch\""), lines::toString);
        assertFalse(lines.toString().contains("s3cret-guess"));
    }

    @Test
    void strangerWhoSaysNothingMakesWayForTheNextOne() throws Exception {
        start("", Map.of("OPENCLAW_MAX_PREAUTH_CONNECTIONS_PER_IP", "1"));
        try (RawWebSocket silent = RawWebSocket.open(gateway.port())) {
            // refused for as long as the first one may still be about to connect
            int status = 503;
            while (status == 503) {
                try (RawWebSocket next = RawWebSocket.open(gateway.port())) {
                    status = next.status();
                }
            }

            assertEquals(101, status);
            assertEquals(1008, silent.closed().code());
        }
    }

    @Test
    void guessesOnASocketLockTheClientOutOfHttpToo() throws Exception {
        start(", rateLimit: {maxAttempts: 3, exemptLoopback: false}", Map.of());

        for (int i = 0; i < 3; i++) {
            refused(params -> params.put("auth", Map.of("token", "guess")), 1008);
        }
        Map<String, Object> locked = refused(params -> {}, 1008);

        assertEquals("AUTH_RATE_LIMITED", ((Map<?, ?>) locked.get("details")).get("code"));
        assertEquals(429, gateway.invoke("{\"tool\":\"agents_list\"}").statusCode());
    }

    @Test
    void foreignWebPageIsRefusedAndALocalOneServed() throws Exception {
        start("", Map.of());

        try (RawWebSocket socket = RawWebSocket.open(gateway.port(), "Origin: https://evil.example")) {
            socket.next();
            Map<String, Object> answer =
                    socket.ask("connect", RawWebSocket.connect(TestGateway.TOKEN, "cli", "operator.read"));
            Map<?, ?> error = (Map<?, ?>) answer.get("error");
            assertEquals("CONTROL_UI_ORIGIN_NOT_ALLOWED", ((Map<?, ?>) error.get("details")).get("code"));
            assertEquals(1008, socket.closed().code());
        }
        try (RawWebSocket socket = RawWebSocket.open(gateway.port(), "Origin: http://localhost:3000")) {
            socket.next();
            Map<String, Object> answer =
                    socket.ask("connect", RawWebSocket.connect(TestGateway.TOKEN, "cli", "operator.read"));
            assertEquals(true, answer.get("ok"), answer::toString);
        }
    }

    @Test
    void pageOfThePublicOriginIsServedAndItsNeighbourIsNot() throws Exception {
        Path own = Files.createTempDirectory(folder, "gateway");
        gateway = TestGateway.start(
                own,
                "{gateway: {port: 0, publicOrigin: 'https://tools.example', auth: {token: '" + TestGateway.TOKEN
                        + "'}}}");

        for (String page : List.of("https://tools.example", "https://tools.example:8443", "http://tools.example")) {
            try (RawWebSocket socket = RawWebSocket.open(gateway.port(), "Origin: " + page)) {
                socket.next();
                Map<String, Object> answer =
                        socket.ask("connect", RawWebSocket.connect(TestGateway.TOKEN, "cli", "operator.read"));
                assertEquals(page.equals("https://tools.example"), answer.get("ok"), page + answer);
            }
        }
    }

    @Test
    void guessingPageInALocalBrowserIsLockedOutThoughLoopbackIsExempt() throws Exception {
        start(", rateLimit: {maxAttempts: 2}", Map.of());

        List<Object> codes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (RawWebSocket socket = RawWebSocket.open(gateway.port(), "Origin: http://localhost:3000")) {
                socket.next();
                Map<String, Object> answer = socket.ask("connect", RawWebSocket.connect("guess", "cli"));
                codes.add(((Map<?, ?>) ((Map<?, ?>) answer.get("error")).get("details")).get("code"));
            }
        }

        assertEquals(List.of("AUTH_TOKEN_MISMATCH", "AUTH_TOKEN_MISMATCH", "AUTH_RATE_LIMITED"), codes);
        assertEquals(200, gateway.invoke("{\"tool\":\"agents_list\"}").statusCode());
    }

    @Test
    void whoDoesNotAuthenticateInTimeIsSentAway() throws Exception {
        start("", Map.of("OPENCLAW_HANDSHAKE_TIMEOUT_MS", "200"));

        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            assertEquals(new Closed(1008, "handshake timeout"), socket.closed());
        }
    }

    @Test
    void strangersHaveAFewSocketsOnly() throws Exception {
        start("", Map.of("OPENCLAW_MAX_PREAUTH_CONNECTIONS_PER_IP", "2"));

        try (RawWebSocket first = RawWebSocket.open(gateway.port());
                RawWebSocket second = RawWebSocket.open(gateway.port())) {
            try (RawWebSocket third = RawWebSocket.open(gateway.port())) {
                assertEquals(503, third.status());
            }
            first.next();
            first.ask("connect", RawWebSocket.connect(TestGateway.TOKEN, "cli"));
            try (RawWebSocket third = RawWebSocket.open(gateway.port())) {
                assertEquals(101, third.status(), "who authenticated is no stranger any more");
            }
            second.next();
        }
    }

    @Test
    void strangersMessagesAreSmall() throws Exception {
        start("", Map.of());

        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            socket.next();
            // the header alone is enough to be refused
            socket.bytes(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0, 1, 0, 1});
            assertEquals(1009, socket.closed().code());
        }
    }

    @Test
    void plainPasswordModeTakesThePassword() throws Exception {
        Path own = Files.createTempDirectory(folder, "gateway");
        gateway = TestGateway.start(
                own, "{gateway: {port: 0, auth: {mode: 'password', password: 'pass-word-0123456789'}}}");

        try (RawWebSocket socket = RawWebSocket.open(gateway.port())) {
            socket.next();
            Map<String, Object> params = new HashMap<>(RawWebSocket.connect("x", "cli", "operator.read"));
            params.put("auth", Map.of("token", "x", "password", "pass-word-0123456789"));
            assertEquals(true, socket.ask("connect", params).get("ok"));
        }
    }
}
