package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema against the reader: the same keys, the same types, words and bounds. */
class ConfigSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path CHECKED_IN = Path.of(
            System.getProperty("project.basedir"),
            "src/main/resources/dev/portcullis/gateway/runtime/config/portcullis.schema.json");

    @TempDir
    Path folder;

    @Test
    void checkedInSchemaSaysWhatReaderAndDocumentSay() throws Exception {
        String made = JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(new SchemaWriter(new Given(folder))
                                .write(
                                        ConfigurationDocumentTest.rows(),
                                        ReferenceKeys.keys("reference-keys.txt"),
                                        ReferenceKeys.keys("reference-schema-keys.txt")))
                        .replace("\r\n", "\n")
                + "\n";
        if (Boolean.getBoolean("schema.update")) {
            Files.writeString(CHECKED_IN, made);
        }

        assertEquals(
                Files.readString(CHECKED_IN),
                made,
                "The schema differs. If that is intended, run the tests with -Dschema.update=true and commit it");
    }

    @Test
    void everyKeyOfTheReaderIsInTheSchemaAndNoOther() throws Exception {
        JsonNode schema = JSON.readTree(Files.readString(CHECKED_IN));
        Set<String> inSchema = new TreeSet<>();
        keys(schema, schema, "", inSchema);

        assertEquals(ConfigurationDocumentTest.keysOfTheReader(folder), inSchema);
    }

    @TestFactory
    Stream<DynamicTest> recordedConfigurationThatLoadsFitsTheSchema() throws Exception {
        String recorded;
        try (InputStream in = ConfigSchemaTest.class.getResourceAsStream("variants.json")) {
            recorded = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Schema schema = schema();
        return JSON.readTree(recorded)
                .propertyStream()
                .filter(variant -> !variant.getValue().has("does_not_start"))
                .map(variant -> dynamicTest(
                        variant.getKey(),
                        () -> assertEquals(
                                List.of(),
                                schema.validate(JSON.readTree(variant.getValue()
                                        .get("config")
                                        .toString()
                                        .replace("\"$PORT\"", "18789"))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ gateway: { port: 'http' } }",
                "{ gateway: { port: 70000 } }",
                "{ gateway: { prot: 1 } }",
                "{ gateway: { bind: 'everywhere' } }",
                "{ tools: { deny: 'exec' } }",
                "{ tools: { profile: 'banana' } }",
                "{ agents: { list: [ { id: 'a', tols: {} } ] } }",
                "{ plugins: { verify: true } }",
                "{ session: { mainkey: 1 } }",
            })
    void whatTheReaderRefusesTheSchemaRefuses(String json5) throws Exception {
        assertFalse(new Given(folder).errors(json5).isEmpty());

        assertNotEquals(List.of(), schema().validate(JSON.valueToTree(WrittenValue.parse(json5))));
    }

    private static Schema schema() throws Exception {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JSON.readTree(Files.readString(CHECKED_IN)));
    }

    /** The paths of all keys that decide something. */
    private static void keys(JsonNode root, JsonNode schema, String path, Set<String> found) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asString().replace("#/$defs/", "");
            if (!name.equals("include") && path.startsWith("agents.entries")) {
                keys(root, root.get("$defs").get(name), path, found);
            }
            return;
        }
        boolean idle = SchemaWriter.NO_EFFECT.equals(schema.path("description").asString(""));
        boolean deeper = schema.has("properties") && !schema.get("properties").isEmpty();
        boolean alsoValue = deeper && schema.get("type").isArray();
        if ((!deeper || alsoValue) && !idle && !path.isEmpty()) {
            found.add(path);
        }
        if (!schema.has("properties") || schema.has("anyOf")) {
            return;
        }
        schema.get("properties")
                .forEachEntry((name, child) -> keys(root, child, path.isEmpty() ? name : path + "." + name, found));
        JsonNode others = schema.get("additionalProperties");
        if (others.isObject() && !path.equals("agents")) {
            keys(root, others, path + ".*", found);
        }
    }
}
