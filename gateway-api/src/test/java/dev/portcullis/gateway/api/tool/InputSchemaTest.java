package dev.portcullis.gateway.api.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputSchemaTest {
    @Test
    void emptySchemaTakesAnyObject() {
        assertEquals(
                Map.of("type", "object", "properties", Map.of()),
                InputSchema.object().toMap());
    }

    @Test
    void requiredPropertyIsDeclaredAndRequired() {
        Map<String, Object> schema = InputSchema.object().requiredString("city").toMap();

        assertEquals(Map.of("city", Map.of("type", "string")), schema.get("properties"));
        assertEquals(List.of("city"), schema.get("required"));
    }

    @Test
    void optionalPropertyIsNotRequired() {
        Map<String, Object> schema =
                InputSchema.object().optionalString("city", "Where").toMap();

        assertEquals(Map.of("city", Map.of("type", "string", "description", "Where")), schema.get("properties"));
        assertTrue(!schema.containsKey("required"));
    }

    @Test
    void propertiesKeepTheOrderTheyWereAddedIn() {
        InputSchema schema =
                InputSchema.object().requiredString("z").requiredString("a").optionalBoolean("m", "");

        assertEquals(List.of("z", "a", "m"), List.copyOf(properties(schema).keySet()));
        assertEquals(List.of("z", "a"), schema.toMap().get("required"));
    }

    @Test
    void addingAPropertyLeavesTheOldSchemaAsItWas() {
        InputSchema before = InputSchema.object();

        before.requiredString("city");

        assertEquals(InputSchema.object(), before);
    }

    @Test
    void boundsThatSayNothingAreLeftOut() {
        InputSchema schema = InputSchema.object()
                .requiredInteger("limit", 1, 200, "")
                .optionalInteger("offset", 0, Long.MAX_VALUE, "");

        assertEquals(
                Map.of(
                        "limit", Map.of("type", "integer", "minimum", 1L, "maximum", 200L),
                        "offset", Map.of("type", "integer", "minimum", 0L)),
                properties(schema));
    }

    @Test
    void choiceListsItsValues() {
        InputSchema schema = InputSchema.object().choice("unit", List.of("celsius", "kelvin"), true, "");

        assertEquals(
                Map.of("unit", Map.of("type", "string", "enum", List.of("celsius", "kelvin"))), properties(schema));
    }

    @Test
    void closedSchemaRefusesOtherArguments() {
        assertEquals(false, InputSchema.object().closed().toMap().get("additionalProperties"));
    }

    @Test
    void ownSchemaIsCopied() {
        Map<String, Object> properties = new HashMap<>();
        InputSchema schema = InputSchema.of(Map.of("type", "object", "properties", properties));

        properties.put("late", Map.of());

        assertEquals(Map.of(), properties(schema));
    }

    @Test
    void ownSchemaOfAnotherTypeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> InputSchema.of(Map.of("type", "array")));
    }

    @Test
    void ownSchemaWithAForeignValueIsRefused() {
        Map<String, Object> schema = Map.of("type", "object", "default", new Object());

        assertThrows(IllegalArgumentException.class, () -> InputSchema.of(schema));
    }

    private static Map<?, ?> properties(InputSchema schema) {
        return (Map<?, ?>) schema.toMap().get("properties");
    }
}
