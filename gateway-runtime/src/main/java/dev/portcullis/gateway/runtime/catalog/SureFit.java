package dev.portcullis.gateway.runtime.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The few keywords that most input schemas consist of, compiled to say quickly that arguments fit. It only ever says "surely"
 * or "ask the validator": what it does not know, it does not judge, and no argument is refused by it. A schema that it
 * understands is a valid one.
 */
final class SureFit {
    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "object", "array", "null");

    private final Set<String> types;
    private final Map<String, SureFit> properties;
    private final String[] required;
    private final boolean closed;
    private final @Nullable SureFit items;
    private final @Nullable Set<Object> choices;
    private final long minimum;
    private final long maximum;
    private final long shortest;
    private final long longest;
    private final long fewest;
    private final long most;

    private SureFit(Map<?, ?> schema) {
        schema.forEach((keyword, value) -> {
            if (!understood(String.valueOf(keyword), value)) {
                throw new Unknown();
            }
        });
        this.types = schema.get("type") instanceof String one ? Set.of(one) : texts(schema.get("type"));
        this.properties = properties(schema.get("properties"));
        this.required = texts(schema.get("required")).toArray(String[]::new);
        this.closed = Boolean.FALSE.equals(schema.get("additionalProperties"));
        this.items = schema.get("items") instanceof Map<?, ?> item ? new SureFit(item) : null;
        this.choices = schema.get("enum") instanceof List<?> list ? Set.copyOf(list) : null;
        this.minimum = bound(schema, "minimum", Long.MIN_VALUE);
        this.maximum = bound(schema, "maximum", Long.MAX_VALUE);
        this.shortest = bound(schema, "minLength", 0);
        this.longest = bound(schema, "maxLength", Long.MAX_VALUE);
        this.fewest = bound(schema, "minItems", 0);
        this.most = bound(schema, "maxItems", Long.MAX_VALUE);
    }

    /** Whether a keyword is known here, with a value that JSON Schema 2020-12 allows; schemas inside are looked at later. */
    private static boolean understood(String keyword, @Nullable Object value) {
        return switch (keyword) {
            case "type" ->
                value instanceof String one
                        ? TYPES.contains(one)
                        : value instanceof List<?> list && !list.isEmpty() && distinct(list, TYPES::contains);
            case "enum" ->
                value instanceof List<?> list
                        && !list.isEmpty()
                        && distinct(list, item -> item instanceof String || item instanceof Boolean);
            case "required" -> value instanceof List<?> list && distinct(list, String.class::isInstance);
            case "properties", "items" -> value instanceof Map<?, ?>;
            case "additionalProperties", "deprecated", "readOnly", "writeOnly" -> value instanceof Boolean;
            case "minimum", "maximum" -> value instanceof Long;
            case "minLength", "maxLength", "minItems", "maxItems" -> value instanceof Long bound && bound >= 0;
            case "title", "description", "$comment" -> value instanceof String;
            case "examples" -> value instanceof List<?>;
            case "default" -> true;
            default -> false;
        };
    }

    private static boolean distinct(List<?> list, Predicate<Object> allowed) {
        return list.stream().allMatch(item -> item != null && allowed.test(item))
                && new HashSet<>(list).size() == list.size();
    }

    /** Something in the schema that is the validator's business. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super("unknown", null, false, false);
        }
    }

    /** Empty if the schema says more than is understood here. */
    static Optional<SureFit> of(Map<String, Object> schema) {
        try {
            return Optional.of(new SureFit(schema));
        } catch (Unknown more) {
            return Optional.empty();
        }
    }

    private static Map<String, SureFit> properties(@Nullable Object known) {
        Map<String, SureFit> properties = new HashMap<>();
        if (known instanceof Map<?, ?> map) {
            map.forEach((name, property) -> {
                if (!(property instanceof Map<?, ?> schema)) {
                    throw new Unknown();
                }
                properties.put((String) name, new SureFit(schema));
            });
        }
        return Map.copyOf(properties);
    }

    private static Set<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static long bound(Map<?, ?> schema, String keyword, long otherwise) {
        return schema.get(keyword) instanceof Long bound ? bound : otherwise;
    }

    /** Whether the value certainly fits. */
    boolean surely(@Nullable Object value) {
        return switch (value) {
            case String text -> is("string") && text(text);
            case Long number ->
                (is("integer") || is("number")) && choices == null && number >= minimum && number <= maximum;
            case Double _ -> is("number") && choices == null && minimum == Long.MIN_VALUE && maximum == Long.MAX_VALUE;
            case Boolean flag -> is("boolean") && (choices == null || choices.contains(flag));
            case Map<?, ?> map -> is("object") && choices == null && object(map);
            case List<?> list -> is("array") && choices == null && list(list);
            case null, default -> false;
        };
    }

    private boolean is(String type) {
        return types.isEmpty() || types.contains(type);
    }

    private boolean text(String text) {
        if (choices != null && !choices.contains(text)) {
            return false;
        }
        if (shortest == 0 && longest == Long.MAX_VALUE) {
            return true;
        }
        int length = text.codePointCount(0, text.length());
        return length >= shortest && length <= longest;
    }

    private boolean object(Map<?, ?> map) {
        for (String name : required) {
            if (!map.containsKey(name)) {
                return false;
            }
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            SureFit property = properties.get((String) entry.getKey());
            if (property == null ? closed : !property.surely(entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean list(List<?> list) {
        if (list.size() < fewest || list.size() > most) {
            return false;
        }
        if (items != null) {
            for (Object item : list) {
                if (!items.surely(item)) {
                    return false;
                }
            }
        }
        return true;
    }
}
