package dev.portcullis.gateway.runtime.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is said to fit surely, the schema validator accepts. */
class SureFitTest {
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "object", "array", "null");
    private static final List<Object> SCALARS = Arrays.asList(
            "", "a", "ab", "\uD83D\uDE00", "\uD83D\uDE00b", 0L, 1L, 2L, -1L, 1.0, 1.5, 1e300, true, false, null);

    private static final List<String> KEYWORDS = List.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "$comment");
    private static final List<Object> ODD = Arrays.asList(
            null,
            true,
            "string",
            "text",
            0L,
            -1L,
            1.5,
            new BigDecimal("1e400"),
            List.of(),
            Map.of(),
            List.of("string"),
            List.of("string", "string"),
            List.of("string", "text"),
            List.of(1L),
            Arrays.asList("string", null),
            Map.of("a", true),
            Map.of("a", 1L),
            Map.of("a", Map.of("type", "text")),
            Map.of("type", List.of()),
            Map.of("minLength", -1L),
            Map.of("required", List.of("a", "a")),
            Map.of("enum", List.of()));

    @Test
    void validatorAgreesWithAllThatIsSaidToFit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int fits = 0;
        int judged = 0;
        for (int i = 0; i < 400; i++) {
            Map<String, Object> schema = schema(random, 2);
            SureFit sure = SureFit.of(schema).orElseThrow();
            Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(PlainJson.toNode(schema));
            for (int j = 0; j < 40; j++) {
                Object value = value(random, 2);
                judged++;
                if (sure.surely(value)) {
                    fits++;
                    assertEquals(
                            List.of(),
                            validator.validate(PlainJson.toNode(value)),
                            () -> "seed " + seed + ": " + schema + " and " + value);
                }
            }
        }
        assertTrue(fits > judged / 50 && fits < judged / 2, fits + " of " + judged + " fit, seed " + seed);
    }

    @Test
    void everySchemaThatIsUnderstoodIsValid() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        int understood = 0;
        for (int i = 0; i < 4_000; i++) {
            Map<String, Object> schema = new LinkedHashMap<>(schema(random, 1));
            schema.put(KEYWORDS.get(random.nextInt(KEYWORDS.size())), ODD.get(random.nextInt(ODD.size())));
            if (SureFit.of(schema).isPresent()) {
                understood++;
                assertEquals(List.of(), meta.validate(PlainJson.toNode(schema)), () -> "seed " + seed + ": " + schema);
            }
        }
        assertTrue(understood > 200, understood + " understood, seed " + seed);
    }

    @Test
    void usualArgumentsFitSurely() {
        SureFit sure = SureFit.of(Map.of(
                        "type", "object",
                        "properties",
                                Map.of(
                                        "text", Map.of("type", "string", "description", "The text"),
                                        "count", Map.of("type", "integer", "minimum", 1L, "maximum", 9L)),
                        "required", List.of("text")))
                .orElseThrow();

        assertTrue(sure.surely(Map.of("text", "x", "count", 9L)));
        assertFalse(sure.surely(Map.of("text", "x", "count", 10L)));
        assertFalse(sure.surely(Map.of("count", 9L)));
        assertFalse(sure.surely(Map.of("text", "x", "count", new BigDecimal("2"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pattern", "format", "anyOf", "$ref", "const", "propertyNames", "dependentRequired", "new"})
    void whatIsNotUnderstoodIsLeftToTheValidator(String keyword) {
        assertTrue(SureFit.of(Map.of("type", "object", keyword, "x")).isEmpty());
        assertTrue(SureFit.of(Map.of("properties", Map.of("a", Map.of(keyword, "x"))))
                .isEmpty());
    }

    private static Map<String, Object> schema(Random random, int depth) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (random.nextInt(4) > 0) {
            schema.put(
                    "type",
                    random.nextInt(4) > 0
                            ? TYPES.get(random.nextInt(TYPES.size()))
                            : List.of("string", TYPES.get(1 + random.nextInt(6))));
        }
        maybe(random, schema, "enum", random.nextBoolean() ? List.of("a", "\uD83D\uDE00") : List.of(true, "a"));
        for (String bound : List.of("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")) {
            maybe(random, schema, bound, (long) random.nextInt(3));
        }
        maybe(random, schema, "title", "anything");
        if (depth > 0) {
            if (random.nextBoolean()) {
                schema.put("properties", Map.of("a", schema(random, depth - 1), "b", schema(random, depth - 1)));
            }
            maybe(random, schema, "required", List.of("a"));
            maybe(random, schema, "additionalProperties", random.nextBoolean());
            maybe(random, schema, "items", schema(random, depth - 1));
        }
        return schema;
    }

    private static void maybe(Random random, Map<String, Object> schema, String keyword, Object value) {
        if (random.nextInt(6) == 0) {
            schema.put(keyword, value);
        }
    }

    private static Object value(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 1 : 3);
        if (kind == 1) {
            return random.ints(random.nextInt(4), 0, 1)
                    .mapToObj(i -> value(random, depth - 1))
                    .toList();
        }
        if (kind == 2) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (String name : List.of("a", "b", "c")) {
                if (random.nextBoolean()) {
                    map.put(name, value(random, depth - 1));
                }
            }
            return map;
        }
        return SCALARS.get(random.nextInt(SCALARS.size()));
    }
}
