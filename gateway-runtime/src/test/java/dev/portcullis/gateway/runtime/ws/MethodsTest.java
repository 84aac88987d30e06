package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.WaitingTool;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be asked, by whom, and what comes back. */
class MethodsTest {
    @TempDir
    Path folder;

    private final WaitingTool waiting = new WaitingTool();
    private final Shell shell = new Shell();
    private TestGateway gateway;

    /** A tool that must never run. */
    private static final class Shell implements ToolProvider {
        private final AtomicInteger runs = new AtomicInteger();

        @Override
        public String name() {
            return "shells";
        }

        @Override
        public List<Tool> tools(PluginContext context) {
            ToolDescriptor shell = ToolDescriptor.named("shell")
                    .description("Must not be reached")
                    .input(InputSchema.object())
                    .build();
            ToolDescriptor amount = ToolDescriptor.named("amount")
                    .description("Says what it got")
                    .input(InputSchema.object().property("a", Map.of("type", "number"), true))
                    .build();
            return List.of(
                    Tool.of(shell, call -> {
                        runs.incrementAndGet();
                        return ToolResult.none();
                    }),
                    Tool.of(
                            amount,
                            call -> ToolResult.builder()
                                    .text("got " + call.arguments().number("a"))
                                    .details(call.arguments().asMap())
                                    .build()));
        }
    }

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(
                folder,
                "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN
                        + "'}}, tools: {deny: ['agents_list']}, logging: {file: '" + folder.resolve("gateway.log")
                        + "'}}",
                waiting,
                shell);
    }

    @AfterEach
    void stop() {
        waiting.release.countDown();
        gateway.close();
    }

    private RawWebSocket reader() throws Exception {
        return RawWebSocket.connected(gateway.port(), TestGateway.TOKEN, "operator.read");
    }

    private RawWebSocket writer() throws Exception {
        return RawWebSocket.connected(gateway.port(), TestGateway.TOKEN, "operator.write");
    }

    private static Map<?, ?> payload(Map<String, Object> answer) {
        assertEquals(true, answer.get("ok"), answer::toString);
        return (Map<?, ?>) answer.get("payload");
    }

    private static Map<?, ?> error(Map<String, Object> answer) {
        assertEquals(false, answer.get("ok"), answer::toString);
        return (Map<?, ?>) answer.get("error");
    }

    @Test
    void toolAnswersInItsEnvelopeAndIsRecordedWithItsSurface() throws Exception {
        try (RawWebSocket socket = writer()) {
            Map<?, ?> answer = payload(socket.ask("tools.invoke", Map.of("name", "sessions_list", "args", Map.of())));

            assertEquals(true, answer.get("ok"));
            assertEquals("sessions_list", answer.get("toolName"));
            assertEquals("core", answer.get("source"));
            assertEquals(0, ((Map<?, ?>) ((Map<?, ?>) answer.get("output")).get("details")).get("count"));
        }
        gateway.close();

        List<String> lines = gateway.auditLines();
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.getFirst().contains("\"surface\":\"ws\""), lines::toString);
        assertTrue(lines.getFirst().contains("\"outcome\":\"completed\""), lines::toString);
    }

    @Test
    void invocationBelongsToTheTraceOfItsFrameElseToThatOfItsConnection() throws Exception {
        String connection = "00-" + "c".repeat(32) + "-" + "1".repeat(16) + "-01";
        String frame = "00-" + "f".repeat(32) + "-" + "2".repeat(16) + "-01";
        try (RawWebSocket socket = RawWebSocket.open(gateway.port(), "traceparent: " + connection)) {
            socket.next();
            socket.ask("connect", RawWebSocket.connect(TestGateway.TOKEN, "cli", "operator.write"));
            payload(socket.ask("tools.invoke", Map.of("name", "sessions_list")));
            socket.invokeTraced("traced", "sessions_list", frame);
            payload(socket.answer("traced"));
        }
        gateway.close();

        List<String> lines = gateway.auditLines();
        assertTrue(lines.get(0).contains("\"trace\":\"" + "c".repeat(32)), lines::toString);
        assertTrue(lines.get(1).contains("\"trace\":\"" + "f".repeat(32)), lines::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678901.12345678901", "0.1234567890123456789", "1.50"})
    void everyDigitComesInAndGoesOut(String number) throws Exception {
        try (RawWebSocket socket = writer()) {
            String frame =
                    socket.asked("tools.invoke", Map.of("name", "amount", "args", Map.of("a", new BigDecimal(number))));

            assertTrue(frame.contains("got " + number + "\""), frame);
            assertTrue(frame.contains("{\"a\":" + number + "}"), frame);
        }
    }

    @Test
    void deniedToolIsNeverInvokedAndLooksLikeAnUnknownOne() throws Exception {
        try (RawWebSocket socket = writer()) {
            Map<?, ?> onTheList = payload(socket.ask("tools.invoke", Map.of("name", "shell")));
            Map<?, ?> denied = payload(socket.ask("tools.invoke", Map.of("name", "agents_list")));
            Map<?, ?> unknown = payload(socket.ask("tools.invoke", Map.of("name", "agents_lost")));

            assertEquals(Map.of("code", "not_found", "message", "Tool not available: shell"), onTheList.get("error"));
            assertEquals(
                    denied.toString().replace("agents_list", "X"),
                    unknown.toString().replace("agents_lost", "X"));
            assertEquals(0, shell.runs.get());
        }
    }

    @Test
    void readerMayNotInvoke() throws Exception {
        try (RawWebSocket socket = reader()) {
            Map<?, ?> error = error(socket.ask("tools.invoke", Map.of("name", "sessions_list")));

            assertEquals("FORBIDDEN", error.get("code"));
            assertEquals("missing scope: operator.write", error.get("message"));
            assertEquals("MISSING_SCOPE", ((Map<?, ?>) error.get("details")).get("code"));
        }
    }

    @Test
    void whoAskedForNoScopesHasNone() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connected(gateway.port(), TestGateway.TOKEN)) {
            assertEquals(
                    "missing scope: operator.read",
                    error(socket.ask("health", Map.of())).get("message"));
        }
    }

    @Test
    void unknownMethodAndOpenObjectsAreRefused() throws Exception {
        try (RawWebSocket socket = writer()) {
            assertEquals(
                    "unknown method: no.such",
                    error(socket.ask("no.such", Map.of())).get("message"));
            assertEquals(
                    "invalid tools.invoke params: must have required property 'name'",
                    error(socket.ask("tools.invoke", Map.of())).get("message"));
            assertEquals(
                    "invalid tools.invoke params: at root: unexpected property 'tool'",
                    error(socket.ask("tools.invoke", Map.of("name", "x", "tool", "y")))
                            .get("message"));
            assertEquals(
                    "invalid tools.invoke params: at /args: must be object",
                    error(socket.ask("tools.invoke", Map.of("name", "x", "args", List.of())))
                            .get("message"));
            assertEquals(
                    "invalid logs.tail params: at /limit: must be integer",
                    error(socket.ask("logs.tail", Map.of("limit", "a"))).get("message"));
            socket.send(Map.of("type", "req", "id", "7", "method", "health", "zz", 1));
            assertEquals(
                    "invalid request frame: at root: unexpected property 'zz'",
                    error(socket.answer("7")).get("message"));
            socket.text("{bad");
            assertEquals("INVALID_REQUEST", error(socket.answer("invalid")).get("code"));
        }
    }

    @Test
    void slowToolKeepsNobodyWaiting() throws Exception {
        try (RawWebSocket socket =
                RawWebSocket.connected(gateway.port(), TestGateway.TOKEN, "operator.read", "operator.write")) {
            socket.request("slow", "tools.invoke", Map.of("name", "wait_here"));
            assertTrue(waiting.running.await(20, TimeUnit.SECONDS));

            assertEquals(true, payload(socket.ask("health", Map.of())).get("ok"));
            waiting.release.countDown();
            assertEquals(true, payload(socket.answer("slow")).get("ok"));
        }
    }

    @Test
    void connectionWithTooManyRequestsUnderWayIsToldToWait() throws Exception {
        try (RawWebSocket socket =
                RawWebSocket.connected(gateway.port(), TestGateway.TOKEN, "operator.read", "operator.write")) {
            for (int i = 0; i < Limits.IN_FLIGHT; i++) {
                socket.request("slow" + i, "tools.invoke", Map.of("name", "wait_here"));
            }

            Map<?, ?> error = error(socket.ask("health", Map.of()));
            assertEquals("UNAVAILABLE", error.get("code"), error::toString);
            assertEquals(true, error.get("retryable"));
            assertEquals(1_000, error.get("retryAfterMs"));

            waiting.release.countDown();
            socket.answer("slow0");
            // the answer is sent just before its place is free
            Map<String, Object> next = socket.ask("health", Map.of());
            for (int i = 0; i < 500 && !Boolean.TRUE.equals(next.get("ok")); i++) {
                Thread.sleep(20);
                next = socket.ask("health", Map.of());
            }
            assertEquals(true, payload(next).get("ok"));
        }
    }

    @Test
    void sessionsComeInPagesAndByWhatIsLookedFor() throws Exception {
        try (RawWebSocket socket =
                RawWebSocket.connected(gateway.port(), TestGateway.TOKEN, "operator.read", "operator.write")) {
            for (String key : List.of("agent:main:alpha", "agent:main:beta", "agent:main:gamma")) {
                gateway.send(gateway.request("/portcullis/v1/sessions")
                        .header("Authorization", "Bearer " + TestGateway.TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"key\":\"" + key + "\"}"))
                        .build());
            }

            Map<?, ?> first = payload(socket.ask("sessions.list", Map.of("limit", 2, "sortBy", "key")));
            Map<?, ?> second = payload(socket.ask("sessions.list", Map.of("limit", 2, "offset", 2, "sortBy", "key")));
            Map<?, ?> found = payload(socket.ask("sessions.list", Map.of("search", "BET")));

            assertEquals(
                    List.of(2, 3, true, 2),
                    List.of(
                            first.get("count"),
                            first.get("totalCount"),
                            first.get("hasMore"),
                            first.get("nextOffset")));
            assertEquals(List.of(1, false), List.of(second.get("count"), second.get("hasMore")));
            assertEquals(1, found.get("count"));
            assertTrue(found.toString().contains("agent:main:beta"), found::toString);
            assertEquals(
                    "INVALID_REQUEST",
                    error(socket.ask("sessions.list", Map.of("limit", 0))).get("code"));
        }
    }

    @Test
    void clientThatLeavesCancelsItsInvocation() throws Exception {
        try (RawWebSocket socket = writer()) {
            socket.request("slow", "tools.invoke", Map.of("name", "wait_here"));
            assertTrue(waiting.running.await(20, TimeUnit.SECONDS));
        }

        assertTrue(waiting.interrupted.await(20, TimeUnit.SECONDS));
    }

    @Test
    void stopIsAnnouncedRunningCallsEndAndConnectionsAreClosedForARestart() throws Exception {
        try (RawWebSocket socket = writer()) {
            socket.request("slow", "tools.invoke", Map.of("name", "wait_here"));
            assertTrue(waiting.running.await(20, TimeUnit.SECONDS));
            Thread stopper = Thread.ofVirtual().start(gateway::close);

            Map<String, Object> shutdown = socket.next();
            assertEquals("shutdown", shutdown.get("event"));
            assertEquals(1, shutdown.get("seq"));
            waiting.release.countDown();
            assertEquals(true, payload(socket.answer("slow")).get("ok"));
            assertEquals(new RawWebSocket.Closed(1012, "service restart"), socket.closed());
            socket.frame(RawWebSocket.CLOSE, new byte[] {3, (byte) 0xf4});
            stopper.join();
        }
    }

    @Test
    void catalogueShowsToolsAndEffectiveShowsWhatPolicyLeaves() throws Exception {
        try (RawWebSocket socket = reader()) {
            String catalog = payload(socket.ask("tools.catalog", Map.of())).toString();
            Map<?, ?> effective = payload(socket.ask("tools.effective", Map.of("sessionKey", "main")));

            assertTrue(catalog.contains("id=agents_list"), catalog);
            assertTrue(catalog.contains("id=wait_here"), catalog);
            assertEquals("main", effective.get("agentId"));
            assertTrue(effective.toString().contains("id=wait_here"), effective::toString);
            assertFalse(effective.toString().contains("id=agents_list"), effective::toString);
            assertFalse(effective.toString().contains("id=shell"), effective::toString);
        }
    }

    @Test
    void configurationIsShownWithoutItsSecrets() throws Exception {
        try (RawWebSocket socket = reader()) {
            Map<?, ?> config = payload(socket.ask("config.get", Map.of()));

            assertEquals(true, config.get("exists"));
            assertFalse(config.toString().contains(TestGateway.TOKEN));
            assertTrue(config.toString().contains("__OPENCLAW_REDACTED__"));
        }
    }

    @Test
    void stateIsShownInTheReferenceShapes() throws Exception {
        try (RawWebSocket socket = reader()) {
            Map<?, ?> health = payload(socket.ask("health", Map.of()));
            Map<?, ?> status = payload(socket.ask("status", Map.of()));
            Map<String, Object> presence = socket.ask("system-presence", Map.of());
            Map<?, ?> identity = payload(socket.ask("gateway.identity.get", Map.of()));
            Map<?, ?> plugins = payload(socket.ask("plugins.list", Map.of()));
            Map<?, ?> sessions = payload(socket.ask("sessions.list", Map.of("limit", 5)));

            assertEquals("main", health.get("defaultAgentId"));
            assertEquals("0.0.0-test", status.get("runtimeVersion"));
            assertEquals("gateway", ((Map<?, ?>) ((List<?>) presence.get("payload")).getFirst()).get("mode"));
            assertEquals(2, ((List<?>) presence.get("payload")).size(), "the gateway and this client");
            assertTrue(String.valueOf(identity.get("deviceId")).matches("[0-9a-f]{64}"));
            assertTrue(plugins.toString().contains("state=enabled"), plugins::toString);
            assertEquals(5, sessions.get("limitApplied"));
        }
    }

    @Test
    void identityStaysAndIsItsOwnersAlone() throws Exception {
        Path file = gateway.state().resolve("gateway-identity");
        GatewayKey again = GatewayKey.of(gateway.state());

        try (RawWebSocket socket = reader()) {
            assertEquals(
                    again.deviceId(),
                    payload(socket.ask("gateway.identity.get", Map.of())).get("deviceId"));
        }
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void recordsOfTheLastInvocationsCanBeRead() throws Exception {
        try (RawWebSocket socket =
                RawWebSocket.connected(gateway.port(), TestGateway.TOKEN, "operator.read", "operator.write")) {
            socket.ask("tools.invoke", Map.of("name", "shell"));
            List<?> events = List.of();
            for (int i = 0; i < 200 && events.isEmpty(); i++) {
                events = (List<?>) payload(socket.ask("audit.activity.list", Map.of("limit", 1)))
                        .get("events");
                Thread.sleep(20);
            }

            Map<?, ?> event = (Map<?, ?>) events.getFirst();
            assertEquals("shell", event.get("tool"));
            assertEquals("blocked", event.get("status"));
            assertEquals("HTTP deny list", event.get("label"));
        }
    }

    @Test
    void endOfTheLogIsReadOnFromWhereItWasLeft() throws Exception {
        Path log = folder.resolve("gateway.log");
        Files.writeString(log, "one\ntwo\nthree\nunfin");
        try (RawWebSocket socket = reader()) {
            Map<?, ?> first = payload(socket.ask("logs.tail", Map.of("limit", 2)));
            Files.writeString(log, "one\ntwo\nthree\nunfinished\n");
            Map<?, ?> next = payload(socket.ask("logs.tail", Map.of("cursor", first.get("cursor"))));

            assertEquals(List.of("two", "three"), first.get("lines"));
            assertEquals(true, first.get("truncated"));
            assertEquals(List.of("unfinished"), next.get("lines"));
            Files.writeString(log, "new\n");
            Map<?, ?> reset = payload(socket.ask("logs.tail", Map.of("cursor", next.get("cursor"))));
            assertEquals(true, reset.get("reset"));
            assertEquals(List.of("new"), reset.get("lines"));
        }
    }
}
