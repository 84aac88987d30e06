package dev.portcullis.gateway.runtime.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.GatewayStartException;
import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.session.NewSession;
import dev.portcullis.gateway.runtime.session.SqliteSessionStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every recorded answer of the reference gateway, against a real gateway over a real socket. */
class ContractTest {
    private static final int AT_ONCE = 6;
    private static final String OTHER_HOST = "10.99.0.2";

    @TempDir
    Path work;

    @TestFactory
    Stream<DynamicTest> recordedAnswersAreGivenAgain() throws Exception {
        JsonNode variants = variants();
        Map<String, List<RecordedCase>> byVariant = RecordedCase.all().stream()
                .collect(Collectors.groupingBy(RecordedCase::variant, LinkedHashMap::new, Collectors.toList()));
        Exclusions exclusions = Exclusions.read();
        Map<String, List<String>> differences = replay(variants, byVariant, exclusions.fields());
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        List<String> passingButExcluded = new ArrayList<>();
        byVariant.values().stream().flatMap(List::stream).forEach(recorded -> {
            List<String> found = differences.get(recorded.id());
            Optional<Exclusions.Line> excluded = exclusions.of(recorded, !found.isEmpty());
            if (excluded.isPresent()) {
                counts.merge("excluded " + excluded.get().kind(), 1, Integer::sum);
                if (found.isEmpty()) {
                    passingButExcluded.add(recorded.id());
                }
            } else {
                counts.merge(found.isEmpty() ? "passed" : "failed", 1, Integer::sum);
                tests.add(DynamicTest.dynamicTest(recorded.id(), () -> assertEquals(List.of(), found)));
            }
        });
        System.out.println("Recorded answers: passed " + counts.getOrDefault("passed", 0)
                + ", excluded as results of tools that are not shipped " + counts.getOrDefault("excluded a", 0)
                + ", excluded by decision " + counts.getOrDefault("excluded b", 0)
                + ", failed " + counts.getOrDefault("failed", 0));
        tests.add(DynamicTest.dynamicTest(
                "every exclusion excludes something that differs", () -> assertEquals(List.of(), passingButExcluded)));
        tests.add(DynamicTest.dynamicTest("no exclusion is idle", () -> assertEquals(List.of(), exclusions.unused())));
        tests.add(DynamicTest.dynamicTest("almost everything that applies passes", () -> {
            double applies = counts.getOrDefault("passed", 0)
                    + counts.getOrDefault("failed", 0)
                    + counts.getOrDefault("excluded b", 0);
            assertTrue(counts.getOrDefault("passed", 0) / applies >= 0.96, counts::toString);
        }));
        return tests.stream();
    }

    private Map<String, List<String>> replay(
            JsonNode variants, Map<String, List<RecordedCase>> byVariant, Set<String> ignored) throws Exception {
        Map<String, List<String>> differences = new HashMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Map<String, List<String>>>> tasks = new ArrayList<>();
            byVariant.forEach((name, cases) -> {
                tasks.add(() -> replay(name, variants.get(name), cases, ignored));
            });
            for (Future<Map<String, List<String>>> replayed : pool.invokeAll(tasks)) {
                differences.putAll(replayed.get());
            }
        }
        return differences;
    }

    private Map<String, List<String>> replay(
            String name, JsonNode variant, List<RecordedCase> cases, Set<String> ignored) throws Exception {
        Path folder = Files.createDirectory(work.resolve(name));
        Path state = folder.resolve("state");
        int port = freePort();
        if (variant.has("setup_cli")) {
            createSessions(state);
        }
        String config = substitute(variant.get("config").toString(), port, state);
        Map<String, List<String>> differences = new HashMap<>();
        try (TestGateway gateway = start(folder, config, variant, cases)) {
            for (RecordedCase recorded : cases) {
                Thread.sleep(recorded.delayMillis());
                boolean bodyNeverComes = recorded.id().contains("declared-only");
                Optional<RawHttp.Answer> answer =
                        RawHttp.send(gateway.port(), recorded.request(), bodyNeverComes ? 6_000 : 45_000);
                JsonNode expected =
                        RecordedCase.JSON.readTree(substitute(recorded.expect().toString(), port, state));
                differences.put(recorded.id(), Comparison.of(expected, answer, ignored));
            }
        }
        return differences;
    }

    /** Cases of another host ran in variants of their own; here its address stands for it, on loopback. */
    private static TestGateway start(Path folder, String config, JsonNode variant, List<RecordedCase> cases)
            throws IOException, GatewayStartException {
        if (cases.stream().noneMatch(RecordedCase::remote)) {
            return TestGateway.start(folder, config, variables(variant));
        }
        assertTrue(cases.stream().allMatch(RecordedCase::remote), "one variant, one client");
        String onLoopback = config.replace("\"bind\":\"lan\"", "\"bind\":\"loopback\"");
        assertTrue(onLoopback.contains("\"bind\":\"loopback\""), onLoopback);
        return TestGateway.start(folder, onLoopback, variables(variant), address -> OTHER_HOST);
    }

    /** What the recording did with the reference's own commands. */
    private static void createSessions(Path state) throws IOException, InterruptedException {
        Files.createDirectories(state);
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        try (SqliteSessionStore store = SqliteSessionStore.open(state.resolve(SqliteSessionStore.FILE_NAME))) {
            store.create(NewSession.of("agent:main:lane-a", "main")
                    .labelled("Lane A")
                    .below("agent:main:main"));
            // the later one is listed first
            Thread.sleep(5);
            store.create(NewSession.of("agent:main:lane-b", "main")
                    .labelled("Lane B")
                    .below("agent:main:main"));
        }
    }

    /** The recording ran without channels, but where a variant says otherwise. */
    private static Map<String, String> variables(JsonNode variant) {
        Map<String, String> variables = new HashMap<>(Map.of("OPENCLAW_SKIP_CHANNELS", "1"));
        variant.get("env").properties().forEach(variable -> {
            if (variable.getValue().isNull()) {
                variables.remove(variable.getKey());
            } else {
                variables.put(variable.getKey(), variable.getValue().stringValue());
            }
        });
        return variables;
    }

    private static String substitute(String text, int port, Path state) {
        return text.replace("\"$PORT\"", String.valueOf(port))
                .replace("$PORT", String.valueOf(port))
                .replace("$STATE_DIR", state.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static JsonNode variants() throws IOException {
        try (InputStream in = TestGateway.class.getResourceAsStream("config/variants.json")) {
            return RecordedCase.JSON.readTree(in.readAllBytes());
        }
    }
}
