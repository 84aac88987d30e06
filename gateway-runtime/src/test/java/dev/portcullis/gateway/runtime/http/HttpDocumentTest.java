package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.Document;
import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.json.JsonReader;
import dev.portcullis.gateway.runtime.session.InvalidSessionException;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.SessionKey;
import dev.portcullis.gateway.runtime.session.SessionRequest;
import dev.portcullis.gateway.runtime.session.SessionResolver;
import dev.portcullis.gateway.runtime.session.SessionStore;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** docs/http-api.md against the code: its tables are run, or compared with what the code answers. */
class HttpDocumentTest {
    private static final Document HTTP = Document.of("http-api.md");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private static final String CONFIG =
            "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN + "'}}, tools: {deny: ['get_goal', 'theme']}}";

    @TempDir
    Path folder;

    @Test
    void everyOutcomeHasItsRowAndNoRowIsLeftOver() throws Exception {
        List<List<String>> answers = new ArrayList<>();
        for (Class<?> type : Outcome.class.getPermittedSubclasses()) {
            answers.add(row((Outcome) sample(type)));
        }

        List<List<String>> written = HTTP.table("### Outcomes").stream()
                .map(row -> row.values().stream().map(Document::plain).toList())
                .toList();
        assertEquals(lines(answers), lines(written));
    }

    @Test
    void everyBodyIsReadAsWritten() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, CONFIG)) {
            for (Map<String, String> row : HTTP.table("### Bodies")) {
                String body = row.get("body").equals("(nothing)") ? "" : Document.plain(row.get("body"));
                HttpResponse<String> answer = gateway.invoke(body);

                Map<?, ?> error =
                        (Map<?, ?>) JSON.readValue(answer.body(), Map.class).get("error");
                if (row.get("status").equals("-")) {
                    assertEquals("not_found", error.get("type"), row::toString);
                } else {
                    assertEquals(Integer.parseInt(row.get("status")), answer.statusCode(), row::toString);
                    assertEquals(Document.plain(row.get("type")), error.get("type"), row::toString);
                    assertEquals(Document.plain(row.get("message")), error.get("message"), row::toString);
                }
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> everySessionIsResolvedAsWritten() throws Exception {
        Path file = Files.writeString(
                folder.resolve("gateway.conf"), "agents { ownership = explicit, entries { main {}, ops {} } }");
        GatewayConfig config = ((ConfigReading.Valid) ConfigReader.read(file, ConfigEnvironment.of(Map.of()))).config();
        SessionStore store = mock(SessionStore.class);
        when(store.find(anyString())).thenReturn(Optional.empty());
        SessionResolver resolver = new SessionResolver(config, store);
        return HTTP.table("### Sessions").stream()
                .map(row -> dynamicTest(row.toString(), () -> {
                    SessionRequest request = new SessionRequest(
                            Principal.operator(),
                            InvocationContext.HTTP,
                            Optional.of(Document.plain(row.get("`sessionKey`"))),
                            Optional.of(Document.plain(row.get("`agentId`"))),
                            Optional.empty(),
                            Optional.empty());

                    String message = "-";
                    try {
                        resolver.resolve(request);
                    } catch (InvalidSessionException invalid) {
                        message = String.valueOf(invalid.getMessage());
                    }

                    assertEquals(Document.plain(row.get("message, with 400 `invalid_request`")), message);
                }));
    }

    @Test
    void limitsAreTheConstants() {
        InvokeConfig invoke = InvokeConfig.DEFAULT;
        GatewayConfig config =
                ((ConfigReading.Valid) ConfigReader.withoutFile(ConfigEnvironment.of(Map.of()))).config();

        assertEquals(
                List.of(
                        (long) HttpConnection.LONGEST_LINE,
                        (long) HttpConnection.LARGEST_HEADERS,
                        ConnectionLimits.standard().headTime().toSeconds(),
                        ConnectionLimits.standard().writeTime().toSeconds(),
                        (long) ToolsInvokeHandler.LARGEST_BODY,
                        ToolsInvokeHandler.BODY_TIME.toSeconds(),
                        MessageBudget.LEAST / (1024 * 1024),
                        (long) JsonReader.DEEPEST,
                        (long) SessionKey.MAX_LENGTH,
                        invoke.timeout().toMillis(),
                        (long) invoke.maxConcurrent(),
                        (long) invoke.maxResultBytes(),
                        (long) AuthConfig.RateLimit.DEFAULT.maxAttempts(),
                        ConnectionLimits.standard().silence().toSeconds(),
                        (long) new ConnectionLimits(Duration.ZERO, Duration.ZERO, 10_000).strangersOfOneClient(),
                        config.server().drain().toMillis()),
                HTTP.table("## Limits").stream()
                        .map(row -> NUMBER.matcher(row.get("value"))
                                .results()
                                .findFirst()
                                .map(number -> Long.parseLong(number.group()))
                                .orElseThrow())
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyProbeAnswersAsWritten() {
        return HTTP.table("## Probes").stream()
                .map(row -> dynamicTest(row.get("request") + " " + row.get("gateway"), () -> {
                    String request = Document.code(row.get("request")).getFirst();
                    Readiness readiness = new Readiness(
                            row.get("gateway").equals("stopping") ? List.of(Readiness.DRAINING) : List.of(),
                            List.of(),
                            List.of("broken"),
                            List.of("Plugin broken is not loaded (plugins/broken). Why. What to do."),
                            List.of(),
                            Duration.ofMillis(1234),
                            "1.2.3");
                    Probes.Audience audience = row.get("request").contains("from elsewhere")
                            ? Probes.Audience.ANYBODY
                            : row.get("request").contains("by an operator")
                                    ? Probes.Audience.OPERATOR
                                    : Probes.Audience.NEAR;

                    for (String path : List.of(request.substring(4), request.substring(4) + "z")) {
                        HttpAnswer answer =
                                Probes.answer(path, "GET", readiness, audience).orElseThrow();
                        assertEquals(Integer.parseInt(row.get("status")), answer.status());
                        String body = body(answer)
                                .replaceAll(
                                        "\"degraded\":\\w+,\"delayMs\":[\\d.E-]+",
                                        "\"degraded\":false,\"delayMs\":0.2");
                        assertEquals(Document.plain(row.get("body")), body);
                    }
                }));
    }

    @Test
    void everyOtherRequestIsAnsweredAsWritten() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, CONFIG)) {
            for (Map<String, String> row : HTTP.table("## Other requests")) {
                List<String> request = Document.code(row.get("request"));
                boolean ownHost = request.stream().anyMatch(line -> line.startsWith("Host:"));
                String answer = send(
                        gateway.port(),
                        request.getFirst() + " HTTP/1.1\r\n" + (ownHost ? "" : "Host: localhost\r\n")
                                + String.join(
                                        "",
                                        request.stream()
                                                .skip(1)
                                                .map(line -> line + "\r\n")
                                                .toList())
                                + "Connection: close\r\n\r\n");

                assertEquals(row.get("status"), answer.split(" ", 3)[1], row::toString);
                assertEquals(
                        Document.plain(row.get("body")),
                        answer.substring(answer.indexOf("\r\n\r\n") + 4),
                        row::toString);
                for (String header : Document.code(row.get("header"))) {
                    assertEquals(1, answer.lines().filter(header::equals).count(), () -> row + "\n" + answer);
                }
            }
        }
    }

    private static String send(int port, String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The row of an outcome as the document should have it. */
    private static List<String> row(Outcome outcome) {
        boolean silent = outcome instanceof Outcome.Completed || outcome instanceof Outcome.Cancelled;
        HttpAnswer answer = Answers.of(outcome);
        String type = "-";
        String message = "-";
        String headers = "";
        if (!silent) {
            Map<?, ?> error =
                    (Map<?, ?>) JSON.readValue(body(answer), Map.class).get("error");
            type = String.valueOf(error.get("type"));
            message = String.valueOf(error.get("message")).replace("61000", "<milliseconds>");
            headers = String.join(", ", headers(answer)).replace("61", "<seconds>");
        }
        return List.of(
                outcome.code(),
                String.valueOf(Answers.status(outcome)),
                type,
                message,
                headers,
                answer.close() ? "yes" : "no");
    }

    private static Object sample(RecordComponent component) {
        if (component.getType() == String.class) {
            return "<" + component.getName() + ">";
        }
        if (component.getType() == long.class) {
            return 1L;
        }
        return component.getType() == Duration.class ? Duration.ofSeconds(61) : ToolResult.none();
    }

    private static Object sample(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values =
                Arrays.stream(components).map(HttpDocumentTest::sample).toArray();
        var constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return constructor.newInstance(values);
    }

    /** The headers that this answer has and others have not. */
    private static List<String> headers(HttpAnswer answer) {
        List<String> always = names(HttpAnswer.json(200, new byte[0]));
        return head(answer).stream()
                .filter(line -> !always.contains(line.substring(0, line.indexOf(':'))))
                .toList();
    }

    private static List<String> names(HttpAnswer answer) {
        return head(answer).stream()
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
    }

    private static List<String> head(HttpAnswer answer) {
        String text = new String(answer.render(false, true, "").readBytes(), StandardCharsets.UTF_8);
        return text.substring(0, text.indexOf("\r\n\r\n")).lines().skip(1).toList();
    }

    private static String body(HttpAnswer answer) {
        String text = new String(answer.render(false, true, "").readBytes(), StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    private static String lines(List<List<String>> rows) {
        Map<String, String> byCode = new LinkedHashMap<>();
        rows.forEach(row -> byCode.merge(row.getFirst(), String.join(" | ", row), (one, two) -> one + " twice"));
        return String.join("\n", byCode.values());
    }
}
