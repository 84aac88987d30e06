package dev.portcullis.gateway.api.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a tool accepts, as a JSON Schema (2020-12) of type {@code object}. Immutable: every method returns a new schema.
 *
 * <pre>{@code
 * InputSchema.object()
 *         .requiredString("city", "Name of the city")
 *         .optionalInteger("days", 1, 14, "How many days, 3 if absent")
 * }</pre>
 *
 * <p>Arguments are first coerced where nothing is lost (the text {@code "2"} for an integer, {@code "true"} for a boolean),
 * then checked. Unknown arguments pass unless the schema is {@link #closed()}.
 *
 * <p>A full schema can be given with {@link #of}; whether it is a valid schema is checked when the plugin is loaded.
 */
public final class InputSchema {
    private final Map<String, Object> schema;

    private InputSchema(Map<String, Object> schema) {
        this.schema = PlainValues.copyObject(schema);
    }

    /**
     * A schema that accepts any object.
     *
     * @return the empty schema of type {@code object}
     */
    public static InputSchema object() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", Map.of());
        return new InputSchema(schema);
    }

    /**
     * A full JSON Schema.
     *
     * @param schema plain values; {@code type} must be {@code "object"}
     * @return the schema, copied
     * @throws IllegalArgumentException if the type is another, or a value is not plain
     */
    public static InputSchema of(Map<String, ?> schema) {
        if (!"object".equals(schema.get("type"))) {
            throw new IllegalArgumentException(
                    "An input schema must have \"type\": \"object\", but has " + schema.get("type"));
        }
        return new InputSchema(new LinkedHashMap<>(schema));
    }

    /**
     * The schema as plain values.
     *
     * @return an immutable map, ready to be written as JSON
     */
    public Map<String, Object> toMap() {
        return schema;
    }

    /**
     * Adds a property with a schema of its own.
     *
     * @param name the argument's name
     * @param property its JSON Schema, as plain values
     * @param required whether it must be present
     * @return a new schema
     */
    public InputSchema property(String name, Map<String, ?> property, boolean required) {
        Objects.requireNonNull(name, "name");
        Map<String, Object> next = new LinkedHashMap<>(schema);
        Map<String, Object> properties = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> known) {
            known.forEach((key, value) -> properties.put((String) key, value));
        }
        properties.put(name, property);
        next.put("properties", properties);
        if (required) {
            List<Object> names = new ArrayList<>();
            if (schema.get("required") instanceof List<?> known) {
                names.addAll(known);
            }
            names.add(name);
            next.put("required", names);
        }
        return new InputSchema(next);
    }

    /**
     * Refuses arguments that the schema does not name.
     *
     * @return a new schema with {@code additionalProperties: false}
     */
    public InputSchema closed() {
        Map<String, Object> next = new LinkedHashMap<>(schema);
        next.put("additionalProperties", false);
        return new InputSchema(next);
    }

    /**
     * Adds a text that must be present.
     *
     * @param name the argument's name
     * @return a new schema
     */
    public InputSchema requiredString(String name) {
        return property(name, Map.of("type", "string"), true);
    }

    /**
     * Adds a text that must be present.
     *
     * @param name the argument's name
     * @param description what it means
     * @return a new schema
     */
    public InputSchema requiredString(String name, String description) {
        return property(name, typed("string", description), true);
    }

    /**
     * Adds a text that may be absent.
     *
     * @param name the argument's name
     * @param description what it means
     * @return a new schema
     */
    public InputSchema optionalString(String name, String description) {
        return property(name, typed("string", description), false);
    }

    /**
     * Adds a text out of a fixed set.
     *
     * @param name the argument's name
     * @param values the accepted texts, at least one
     * @param required whether it must be present
     * @param description what it means
     * @return a new schema
     */
    public InputSchema choice(String name, List<String> values, boolean required, String description) {
        Map<String, Object> property = typed("string", description);
        property.put("enum", List.copyOf(values));
        return property(name, property, required);
    }

    /**
     * Adds a whole number that must be present.
     *
     * @param name the argument's name
     * @param minimum the least accepted value
     * @param maximum the greatest accepted value
     * @param description what it means
     * @return a new schema
     */
    public InputSchema requiredInteger(String name, long minimum, long maximum, String description) {
        return property(name, integer(minimum, maximum, description), true);
    }

    /**
     * Adds a whole number that may be absent.
     *
     * @param name the argument's name
     * @param minimum the least accepted value
     * @param maximum the greatest accepted value; {@link Long#MAX_VALUE} for no bound
     * @param description what it means
     * @return a new schema
     */
    public InputSchema optionalInteger(String name, long minimum, long maximum, String description) {
        return property(name, integer(minimum, maximum, description), false);
    }

    /**
     * Adds a number that must be present.
     *
     * @param name the argument's name
     * @param description what it means
     * @return a new schema
     */
    public InputSchema requiredNumber(String name, String description) {
        return property(name, typed("number", description), true);
    }

    /**
     * Adds a number that may be absent.
     *
     * @param name the argument's name
     * @param description what it means
     * @return a new schema
     */
    public InputSchema optionalNumber(String name, String description) {
        return property(name, typed("number", description), false);
    }

    /**
     * Adds a flag that may be absent.
     *
     * @param name the argument's name
     * @param description what it means
     * @return a new schema
     */
    public InputSchema optionalBoolean(String name, String description) {
        return property(name, typed("boolean", description), false);
    }

    private static Map<String, Object> integer(long minimum, long maximum, String description) {
        Map<String, Object> property = typed("integer", description);
        if (minimum != Long.MIN_VALUE) {
            property.put("minimum", minimum);
        }
        if (maximum != Long.MAX_VALUE) {
            property.put("maximum", maximum);
        }
        return property;
    }

    private static Map<String, Object> typed(String type, String description) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("type", type);
        if (!description.isEmpty()) {
            property.put("description", description);
        }
        return property;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputSchema that && schema.equals(that.schema);
    }

    @Override
    public int hashCode() {
        return schema.hashCode();
    }

    @Override
    public String toString() {
        return "InputSchema" + schema;
    }
}
