package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Configurations that the reference gateway was recorded with. */
class RecordedConfigsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path state;

    @TestFactory
    Stream<DynamicTest> everyRecordedConfigurationLoads() throws IOException {
        return JSON.readTree(resource("variants.json"))
                .propertyStream()
                .map(variant -> DynamicTest.dynamicTest(variant.getKey(), () -> {
                    JsonNode value = variant.getValue();
                    ConfigReading reading = read(value.get("config").toPrettyString(), value, List.of());
                    boolean starts = !value.has("does_not_start");
                    assertEquals(starts, reading instanceof ConfigReading.Valid, () -> describe(reading));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyRecordedStartIsAnsweredAlike() throws IOException {
        Map<String, String> excluded = new HashMap<>();
        resource("startup-exclusions.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .forEach(line -> excluded.put(line[0], line[1]));
        List<JsonNode> cases =
                resource("startup-cases.jsonl").lines().map(JSON::readTree).toList();
        List<String> known =
                cases.stream().map(each -> each.get("id").asString()).toList();
        assertTrue(known.containsAll(excluded.keySet()), "exclusions name recorded starts");
        return cases.stream()
                .filter(each -> !excluded.containsKey(each.get("id").asString()))
                .map(each -> DynamicTest.dynamicTest(each.get("id").asString(), () -> start(each)));
    }

    private void start(JsonNode recorded) throws IOException {
        String text = recorded.has("config_text")
                ? recorded.get("config_text").asString()
                : recorded.get("config").toPrettyString();
        List<String> arguments = new ArrayList<>();
        recorded.path("extra_args").forEach(argument -> arguments.add(argument.asString()));
        ConfigReading reading = read(text, recorded, arguments);
        assertEquals(
                recorded.get("started").asBoolean(), reading instanceof ConfigReading.Valid, () -> describe(reading));
        if (reading instanceof ConfigReading.Invalid invalid) {
            assertFalse(invalid.errors().isEmpty());
        } else {
            assertInstanceOf(ConfigReading.Valid.class, reading);
        }
    }

    private ConfigReading read(String text, JsonNode value, List<String> arguments) throws IOException {
        Map<String, String> variables = new HashMap<>();
        value.path("env").forEachEntry((name, set) -> {
            if (!set.isNull()) {
                variables.put(name, set.asString());
            }
        });
        Path file = state.resolve("openclaw.json");
        Files.writeString(
                file,
                text.replace("\"$PORT\"", "18789").replace("$PORT", "18789").replace("$STATE_DIR", state.toString()));
        return ConfigReader.read(file, ConfigEnvironment.of(variables).with(overrides(arguments)));
    }

    private static ConfigEnvironment.Overrides overrides(List<String> arguments) {
        return new ConfigEnvironment.Overrides(
                OptionalInt.empty(),
                after(arguments, "--bind"),
                after(arguments, "--auth"),
                after(arguments, "--token").map(Secret::new),
                after(arguments, "--password").map(Secret::new),
                arguments.contains("--allow-unconfigured"));
    }

    private static Optional<String> after(List<String> arguments, String flag) {
        int at = arguments.indexOf(flag);
        return at < 0 ? Optional.empty() : Optional.of(arguments.get(at + 1));
    }

    private static String describe(ConfigReading reading) {
        return switch (reading) {
            case ConfigReading.Valid valid -> "valid, " + valid.warnings();
            case ConfigReading.Invalid invalid -> "invalid, " + invalid.errors();
        };
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordedConfigsTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
