package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final String CONFIG = """
            { gateway: { port: 0, auth: { token: '%s' } }, tools: { allow: ['session_status', 'agents_list'], deny: ['agents_list'] } }
            """.formatted(TestGateway.TOKEN);

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder, CONFIG);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void pageHasTheMetricsOfTheDocumentAndNoOther() throws Exception {
        useEverything();
        Map<String, String> types = new TreeMap<>();
        Map<String, TreeSet<String>> labels = new TreeMap<>();
        page().lines().forEach(line -> {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                types.put(words[2], words[3]);
            } else if (!line.startsWith("#")) {
                sample(line)
                        .ifPresent(sample -> labels.computeIfAbsent(
                                        sample.name().replaceAll("_(bucket|sum|count)$", ""), n -> new TreeSet<>())
                                .addAll(sample.labels().keySet()));
            }
        });
        List<String> served = types.keySet().stream()
                .filter(name -> !name.startsWith("jvm_") && !name.startsWith("process_"))
                .map(name -> name + " " + types.get(name) + " " + without(labels.getOrDefault(name, new TreeSet<>())))
                .toList();

        List<String> documented = Document.of("observability.md").table("## Metrics").stream()
                .map(row -> Document.plain(row.get("metric")) + " " + row.get("type") + " "
                        + new TreeSet<>(Document.code(row.get("labels"))))
                .sorted()
                .toList();
        assertEquals(String.join("\n", documented), String.join("\n", served));
        assertTrue(types.containsKey("jvm_memory_used_bytes"), types::toString);
    }

    @Test
    void invocationIsCountedAndTimedOnce() {
        Map<String, String> wanted = Map.of("tool", "session_status", "outcome", "completed");
        double before = value("portcullis_invocations_total", wanted);
        double timedBefore = value("portcullis_invocation_duration_seconds_count", Map.of("tool", "session_status"));

        assertEquals(200, gateway.invoke("{\"tool\":\"session_status\"}").statusCode());

        assertEquals(before + 1, value("portcullis_invocations_total", wanted));
        assertEquals(
                timedBefore + 1,
                value("portcullis_invocation_duration_seconds_count", Map.of("tool", "session_status")));
    }

    @Test
    void deniedToolIsNamedWithTheStepThatDenied() {
        double denials =
                value("portcullis_policy_decisions_total", Map.of("decision", "denied", "label", "tools.deny"));
        Map<String, String> wanted = Map.of("tool", "agents_list", "outcome", "not_available");
        double before = value("portcullis_invocations_total", wanted);

        gateway.invoke("{\"tool\":\"agents_list\"}");

        assertEquals(before + 1, value("portcullis_invocations_total", wanted));
        assertEquals(
                denials + 1,
                value("portcullis_policy_decisions_total", Map.of("decision", "denied", "label", "tools.deny")));
    }

    @Test
    void namesThatCallersMakeUpShareOneSeries() {
        for (int i = 0; i < 5; i++) {
            gateway.invoke("{\"tool\":\"made_up_" + i + "\"}");
        }

        assertFalse(page().contains("made_up"));
        assertTrue(value("portcullis_invocations_total", Map.of("tool", "_unknown", "outcome", "not_available")) >= 5);
    }

    @Test
    void pathsAndMethodsThatCallersMakeUpShareOneSeries() {
        gateway.send(gateway.request("/made/up").GET().build());
        gateway.send(gateway.request("/tools/invoke")
                .method("MADEUP", HttpRequest.BodyPublishers.noBody())
                .build());

        String page = page();
        assertFalse(page.toLowerCase(java.util.Locale.ROOT).contains("made"), page);
        assertTrue(value(
                        "http_server_request_duration_seconds_count",
                        Map.of("http_route", "", "http_request_method", "GET", "http_response_status_code", "404"))
                >= 1);
    }

    @Test
    void argumentsAndCredentialsAreNoLabels() {
        gateway.invoke("{\"tool\":\"session_status\",\"args\":{\"sessionKey\":\"canary-argument\"}}");
        gateway.invoke("{\"tool\":\"session_status\",\"sessionKey\":\"canary-session\"}");
        gateway.send(gateway.request("/tools/invoke?canary-query=1")
                .header("Authorization", "Bearer canary-credential")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

        String page = page();
        assertFalse(page.contains("canary"), page);
        assertFalse(page.contains(TestGateway.TOKEN));
        assertTrue(value("portcullis_auth_failures_total", Map.of("surface", "http", "reason", "token_mismatch")) >= 1);
    }

    @Test
    void pageTakesACredential() {
        HttpResponse<String> without = gateway.send(gateway.request("/metrics").build());
        HttpResponse<String> posted = gateway.send(gateway.request("/metrics")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

        assertEquals(401, without.statusCode());
        assertEquals(405, posted.statusCode());
    }

    @Test
    void formatIsTheOneThatWasAskedFor() {
        HttpResponse<String> plain = gateway.send(asked().build());
        HttpResponse<String> open = gateway.send(asked().header("Accept", "application/openmetrics-text;version=1.0.0")
                .build());

        assertEquals("text/plain; version=0.0.4; charset=utf-8", type(plain));
        assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", type(open));
        assertTrue(open.body().endsWith("# EOF\n"));
    }

    @Test
    void callersOnTheMachineItselfMayBeLetIn(@TempDir Path other) throws Exception {
        String open = CONFIG.replace("tools:", "diagnostics: { metrics: { openToLoopback: true } }, tools:");
        try (TestGateway local = TestGateway.start(other, open)) {
            assertEquals(200, local.send(local.request("/metrics").build()).statusCode());
            assertEquals(
                    403,
                    local.send(local.request("/metrics")
                                    .header("X-Forwarded-For", "192.0.2.7")
                                    .build())
                            .statusCode());
        }
    }

    @Test
    void thereIsNoPageWhereItIsSwitchedOff(@TempDir Path other) throws Exception {
        String off = CONFIG.replace("tools:", "diagnostics: { metrics: { enabled: false } }, tools:");
        try (TestGateway local = TestGateway.start(other, off)) {
            assertEquals(
                    404,
                    local.send(local.request("/metrics")
                                    .header("Authorization", "Bearer " + TestGateway.TOKEN)
                                    .build())
                            .statusCode());
        }
    }

    private static void useEverything() throws Exception {
        gateway.invoke("{\"tool\":\"session_status\"}");
        gateway.invoke("{\"tool\":\"agents_list\"}");
        gateway.send(gateway.request("/tools/invoke")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        Files.writeString(folder.resolve("openclaw.json"), CONFIG + "\n");
        gateway.gateway().reload();
    }

    private record Sample(String name, Map<String, String> labels, double value) {}

    private static java.util.Optional<Sample> sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("No sample: " + line);
        }
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return java.util.Optional.of(new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
    }

    private static double value(String name, Map<String, String> labels) {
        List<Double> found = new ArrayList<>();
        page().lines()
                .filter(line -> line.startsWith(name))
                .forEach(line -> sample(line)
                        .filter(sample -> sample.name().equals(name)
                                && sample.labels().entrySet().containsAll(labels.entrySet()))
                        .ifPresent(sample -> found.add(sample.value())));
        return found.isEmpty() ? 0 : found.getFirst();
    }

    private static TreeSet<String> without(TreeSet<String> labels) {
        TreeSet<String> ours = new TreeSet<>(labels);
        ours.remove("le");
        return ours;
    }

    private static HttpRequest.Builder asked() {
        return gateway.request("/metrics").header("Authorization", "Bearer " + TestGateway.TOKEN);
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("content-type").orElse("");
    }

    private static String page() {
        HttpResponse<String> answer = gateway.send(asked().build());
        assertEquals(200, answer.statusCode());
        return answer.body();
    }
}
