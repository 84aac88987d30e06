package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.config.Glob;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Decisions against what was recorded of the reference gateway. Every name of the recordings is provided here, so that policy
 * alone decides; where we decide otherwise on purpose, {@code recorded-exclusions.txt} says why.
 */
class RecordedReachabilityTest {
    private static final Map<String, Object> VARIANTS =
            Configs.map(Configs.JSON.readValue(text("variants.json"), Object.class));
    private static final List<Map<String, Object>> MATRIX = lines("policy-matrix.jsonl");
    private static final List<Map<String, Object>> CASES = lines("reachability-cases.jsonl");
    private static final Exclusions EXCLUSIONS = Exclusions.read(text("recorded-exclusions.txt"));

    /** Tools of reference plugins; all others are the reference's own. */
    private static final Set<String> OF_PLUGINS = Set.of(
            "browser", "canvas", "dir_fetch", "dir_list", "file_fetch", "file_write", "memory_get", "memory_search");

    @TestFactory
    Stream<DynamicTest> everyRowOfTheMatrixIsDecidedAsRecorded() {
        return MATRIX.stream().map(row -> {
            Map<String, Object> context = Configs.map(row.get("context"));
            String name = row.get("config_variant") + "/" + context.get("label");
            return DynamicTest.dynamicTest(name, () -> {
                PolicyEngine engine = engine(row.get("config_variant"));
                InvocationContext asked = context(row.get("config_variant"), context);
                Map<String, String> wrong = new TreeMap<>();
                names(row, "available").forEach(tool -> check(wrong, engine, asked, name, tool, true));
                names(row, "not_available_404").forEach(tool -> check(wrong, engine, asked, name, tool, false));
                assertEquals(Map.of(), wrong, "decided otherwise than recorded");
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> everyRecordedCallIsDecidedAsRecorded() {
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest((String) row.get("id"), () -> {
                    Map<String, String> wrong = new TreeMap<>();
                    check(
                            wrong,
                            engine(row.get("variant")),
                            context(row.get("variant"), row),
                            (String) row.get("id"),
                            (String) row.get("tool"),
                            (boolean) row.get("reachable"));
                    assertEquals(Map.of(), wrong, "decided otherwise than recorded");
                }));
    }

    @Test
    void everyExclusionIsNeeded() {
        Set<String> unused = new TreeSet<>(EXCLUSIONS.patterns.keySet());
        for (Map<String, Object> row : MATRIX) {
            Map<String, Object> context = Configs.map(row.get("context"));
            String name = row.get("config_variant") + "/" + context.get("label");
            PolicyEngine engine = engine(row.get("config_variant"));
            InvocationContext asked = context(row.get("config_variant"), context);
            Stream.concat(
                            names(row, "available").stream().filter(tool -> !allows(engine, asked, tool)),
                            names(row, "not_available_404").stream().filter(tool -> allows(engine, asked, tool)))
                    .forEach(tool -> unused.removeAll(EXCLUSIONS.matching(name + " " + tool)));
        }
        for (Map<String, Object> row : CASES) {
            String tool = (String) row.get("tool");
            if (allows(engine(row.get("variant")), context(row.get("variant"), row), tool)
                    != (boolean) row.get("reachable")) {
                unused.removeAll(EXCLUSIONS.matching(row.get("id") + " " + tool));
            }
        }

        assertEquals(Set.of(), unused, "exclusions that exclude nothing");
    }

    @Test
    void theRecordingsAreThere() {
        assertTrue(MATRIX.size() >= 44 && CASES.size() >= 450, MATRIX.size() + " rows, " + CASES.size() + " cases");
    }

    private static void check(
            Map<String, String> wrong,
            PolicyEngine engine,
            InvocationContext context,
            String name,
            String tool,
            boolean reachable) {
        if (allows(engine, context, tool) != reachable
                && EXCLUSIONS.matching(name + " " + tool).isEmpty()) {
            wrong.put(tool, "recorded " + (reachable ? "reachable" : "404") + ", but " + decide(engine, context, tool));
        }
    }

    /** Reachable: allowed, and there. */
    private static boolean allows(PolicyEngine engine, InvocationContext context, String tool) {
        String requested = ToolNames.requested(tool.strip());
        return decide(engine, context, tool) instanceof Allowed
                && engine.explain(requested, context).provider().isPresent();
    }

    private static Decision decide(PolicyEngine engine, InvocationContext context, String tool) {
        return engine.decide(ToolNames.requested(tool.strip()), context);
    }

    private static PolicyEngine engine(Object variant) {
        Map<String, Object> entry = Configs.map(VARIANTS.get(variant));
        Map<String, Object> config = new HashMap<>(Configs.map(entry.get("config")));
        if (!Configs.map(entry.get("env")).containsKey("OPENCLAW_SKIP_CHANNELS")) {
            config.remove("channels");
        }
        return PolicyEngine.compile(Configs.of(config), index(config), List.of());
    }

    private static ToolIndex index(Map<String, Object> config) {
        boolean plugins =
                !Boolean.FALSE.equals(Configs.map(config.get("plugins")).get("enabled"));
        Map<String, String> byTool = new HashMap<>();
        MATRIX.forEach(row -> Stream.of("available", "not_available_404")
                .flatMap(key -> names(row, key).stream())
                .forEach(tool -> byTool.put(tool, OF_PLUGINS.contains(tool) ? "reference-plugin" : "core")));
        if (!plugins) {
            byTool.values().removeIf("reference-plugin"::equals);
        }
        return new ToolIndex(byTool, Set.of("core"));
    }

    private static InvocationContext context(Object variant, Map<String, Object> request) {
        Map<String, Object> config =
                Configs.map(Configs.map(VARIANTS.get(variant)).get("config"));
        Map<String, String> headers = headers(request);
        boolean identity = Set.of("none", "trusted-proxy")
                .contains(Configs.map(Configs.map(config.get("gateway")).get("auth"))
                        .get("mode"));
        String scopes = headers.get("x-openclaw-scopes");
        Principal principal =
                identity && scopes != null ? Principal.of("caller", Scope.parse(scopes)) : Principal.operator();
        String key = (String) request.getOrDefault("sessionKey", "main");
        if (!key.startsWith("agent:")) {
            Set<String> agents = Configs.map(Configs.map(config.get("agents")).get("entries"))
                    .keySet();
            key = "agent:" + (agents.size() == 1 ? agents.iterator().next() : "main") + ":" + key;
        }
        return Contexts.by(principal, key.toLowerCase(Locale.ROOT))
                .headers(headers)
                .context();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> headers(Map<String, Object> request) {
        Map<String, String> headers = new HashMap<>();
        ((List<List<String>>) request.getOrDefault("headers", List.of()))
                .forEach(header -> headers.put(header.get(0).toLowerCase(Locale.ROOT), header.get(1)));
        return headers;
    }

    @SuppressWarnings("unchecked")
    private static List<String> names(Map<String, Object> row, String key) {
        return (List<String>) row.get(key);
    }

    private static List<Map<String, Object>> lines(String resource) {
        return text(resource)
                .lines()
                .map(line -> Configs.map(Configs.JSON.readValue(line, Object.class)))
                .toList();
    }

    private static String text(String resource) {
        try (var in = RecordedReachabilityTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lines {@code <variant>/<label> <tool> | <reason>}, each of the two a pattern with {@code *}. */
    private record Exclusions(Map<String, List<Glob>> patterns) {
        static Exclusions read(String text) {
            Map<String, List<Glob>> patterns = new LinkedHashMap<>();
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split(" \\| ", 2);
                        assertEquals(2, parts.length, "no reason: " + line);
                        String[] what = parts[0].strip().split(" +", 2);
                        List<Glob> globs = new ArrayList<>();
                        for (String tool : what[1].split(",")) {
                            globs.add(new Glob(what[0] + " " + tool));
                        }
                        patterns.put(line, globs);
                    });
            return new Exclusions(patterns);
        }

        Set<String> matching(String decided) {
            return patterns.entrySet().stream()
                    .filter(entry -> entry.getValue().stream().anyMatch(glob -> glob.matches(decided)))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
    }
}
