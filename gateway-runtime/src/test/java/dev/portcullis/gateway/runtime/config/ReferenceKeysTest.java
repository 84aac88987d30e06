package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The keys of the reference gateway, as its own schema has them, and what becomes of them here. */
class ReferenceKeysTest {
    private static final String TABLE = "reference-schema-keys.txt";

    @TempDir
    Path directory;

    @Test
    void everyKeyOfTheReferenceIsReadOrAccepted() {
        Map<String, Object> document = new LinkedHashMap<>();
        ReferenceKeys.keys(TABLE).forEach(key -> put(document, key, 0));

        assertEquals(List.of(), unknown(document));
    }

    @Test
    void everyWayToWriteAnAgentKnowsItsKeys() {
        Map<String, Object> named = new LinkedHashMap<>();
        List<Map<String, Object>> listed = new ArrayList<>();
        listed.add(new LinkedHashMap<>(Map.of("id", "dev")));
        named.put("tools", new LinkedHashMap<>());
        ReferenceKeys.keys(TABLE).stream()
                .filter(key -> key.size() > 3 && key.subList(0, 3).equals(List.of("agents", "entries", "*")))
                .forEach(key -> {
                    put(named, key, 3);
                    put(listed.getFirst(), key, 3);
                });

        assertEquals(List.of(), unknown(Map.of("agents", Map.of("list", listed, "ops", named))));
    }

    /** What the schema of a package says now: {@code -Dreference.package=DIR}, with its libraries beside it, see keys.mjs. */
    @Test
    void tableIsWhatTheSchemaSays() throws Exception {
        String folder = System.getProperty("reference.package", "");
        assumeTrue(!folder.isEmpty(), "no package of the reference gateway is named with -Dreference.package");
        Process node = new ProcessBuilder("node", "src/test/reference/keys.mjs", folder)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertEquals(0, node.waitFor());
        assertEquals(
                said.stream().filter(line -> !line.startsWith("#")).toList(),
                ReferenceKeys.keys(TABLE).stream()
                        .map(key -> String.join(".", key))
                        .toList());
    }

    private List<String> unknown(Map<String, Object> document) {
        ConfigReading reading = new Given(directory).json(new JsonMapper().writeValueAsString(document));
        List<ConfigProblem> said = new ArrayList<>(reading.warnings());
        if (reading instanceof ConfigReading.Invalid invalid) {
            said.addAll(invalid.errors());
        }
        return said.stream()
                .map(ConfigProblem::text)
                .filter(text -> text.contains("unknown"))
                .toList();
    }

    /** The key with a name where anybody may choose one, and an empty text as its value. */
    @SuppressWarnings("unchecked") // Its maps are made here.
    private static void put(Map<String, Object> into, List<String> key, int from) {
        Map<String, Object> at = into;
        for (String step : key.subList(from, key.size() - 1)) {
            Object below = at.computeIfAbsent(name(step), name -> new LinkedHashMap<>());
            if (!(below instanceof Map)) {
                return;
            }
            at = (Map<String, Object>) below;
        }
        at.putIfAbsent(name(key.getLast()), "");
    }

    private static String name(String step) {
        return step.equals("*") ? "chosen" : step;
    }
}
