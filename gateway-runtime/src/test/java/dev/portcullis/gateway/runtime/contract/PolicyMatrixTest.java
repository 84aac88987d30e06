package dev.portcullis.gateway.runtime.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.IdleTools;
import dev.portcullis.gateway.runtime.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Which tools were reachable, per configuration and context: against a gateway that has one tool for every name in the
 * recording and none of its own, so that policy alone decides.
 */
class PolicyMatrixTest {
    /** Tools of reference plugins, which are gone when plugins are off. */
    private static final Set<String> OF_PLUGINS = Set.of(
            "browser", "canvas", "dir_fetch", "dir_list", "file_fetch", "file_write", "memory_get", "memory_search");

    private record Row(String variant, String label, JsonNode context, Set<String> reachable, Set<String> hidden) {
        String name() {
            return variant + "/" + label;
        }

        Set<String> all() {
            Set<String> all = new TreeSet<>(reachable);
            all.addAll(hidden);
            return all;
        }
    }

    @TempDir
    Path work;

    @TestFactory
    Stream<DynamicTest> sameToolsAreReachableAsRecorded() throws Exception {
        JsonNode variants = RecordedCase.JSON.readTree(resource("config/variants.json"));
        Map<String, List<Row>> byVariant = resource("policy/policy-matrix.jsonl")
                .lines()
                .map(RecordedCase.JSON::readTree)
                .map(PolicyMatrixTest::row)
                .collect(Collectors.groupingBy(Row::variant, LinkedHashMap::new, Collectors.toList()));
        Map<Pattern, Pattern> exclusions = exclusions();
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, List<Row>> entry : byVariant.entrySet()) {
            JsonNode variant = variants.get(entry.getKey());
            Set<String> names = new TreeSet<>(entry.getValue().getFirst().all());
            // second names of automations and exec: no two tools of a catalog may mean the same
            names.removeAll(Set.of("cron", "bash"));
            if (variant.at("/config/plugins/enabled").isBoolean()
                    && !variant.at("/config/plugins/enabled").booleanValue()) {
                names.removeAll(OF_PLUGINS);
            }
            Path folder = Files.createDirectory(work.resolve(entry.getKey()));
            String config = variant.get("config")
                    .toString()
                    .replace("\"$PORT\"", "0")
                    .replace("$STATE_DIR", folder.resolve("state").toString());
            try (TestGateway gateway = TestGateway.start(
                    folder,
                    config,
                    Map.of("OPENCLAW_SKIP_CHANNELS", "1"),
                    List.of(new IdleTools("everything", names)))) {
                for (Row row : entry.getValue()) {
                    Map<String, String> wrong = differences(gateway, row, exclusions);
                    tests.add(DynamicTest.dynamicTest(row.name(), () -> assertEquals(Map.of(), wrong)));
                }
            }
        }
        return tests.stream();
    }

    private static Map<String, String> differences(TestGateway gateway, Row row, Map<Pattern, Pattern> exclusions) {
        Map<String, String> wrong = new TreeMap<>();
        for (String tool : row.all()) {
            boolean excluded = exclusions.entrySet().stream()
                    .anyMatch(line -> line.getKey().matcher(row.name()).matches()
                            && line.getValue().matcher(tool).matches());
            int status = status(gateway, row, tool);
            if (!excluded && (status != 404) != row.reachable().contains(tool)) {
                wrong.put(tool, "answered " + status);
            }
        }
        return wrong;
    }

    private static int status(TestGateway gateway, Row row, String tool) {
        Map<String, Object> body = new HashMap<>(Map.of("tool", tool));
        if (row.context().has("sessionKey")) {
            body.put("sessionKey", row.context().get("sessionKey").stringValue());
        }
        HttpRequest.Builder request = gateway.request("/tools/invoke")
                .POST(HttpRequest.BodyPublishers.ofString(RecordedCase.JSON.writeValueAsString(body)));
        for (JsonNode header : row.context().path("headers")) {
            request.header(header.get(0).stringValue(), header.get(1).stringValue());
        }
        if (!row.variant().startsWith("tp-")) {
            request.header("Authorization", "Bearer peer-token-0123456789abcdef0123456789");
        }
        return gateway.send(request.build()).statusCode();
    }

    private static Row row(JsonNode node) {
        return new Row(
                node.get("config_variant").stringValue(),
                node.at("/context/label").stringValue(),
                node.get("context"),
                names(node.get("available")),
                names(node.get("not_available_404")));
    }

    private static Set<String> names(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Lines {@code <row> <tool>,<tool>,… | <reason>} of the policy room, in which {@code *} stands for anything. */
    private static Map<Pattern, Pattern> exclusions() throws IOException {
        Map<Pattern, Pattern> exclusions = new LinkedHashMap<>();
        resource("policy/recorded-exclusions.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    String[] parts =
                            line.substring(0, line.indexOf('|')).strip().split(" ", 2);
                    exclusions.put(glob(parts[0]), glob(parts[1].replace(" ", "")));
                });
        return exclusions;
    }

    private static Pattern glob(String text) {
        return Pattern.compile(Stream.of(text.split(","))
                .map(part -> Pattern.quote(part).replace("*", "\\E.*\\Q"))
                .collect(Collectors.joining("|")));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = TestGateway.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
