package dev.portcullis.gateway.runtime.catalog;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The few keywords that most input schemas consist of, compiled to say quickly that arguments fit. It only ever says "surely"
 * or "ask the validator": what it does not know, it does not judge, and no argument is refused by it.
 */
final class SureFit {
    private static final Set<String> KEYWORDS = Set.of(
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
            "maxItems");

    private static final Set<String> ANNOTATIONS =
            Set.of("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment");

    private final Set<String> types;
    private final Map<String, SureFit> properties;
    private final String[] required;
    private final boolean closed;
    private final @Nullable SureFit items;
    private final @Nullable Set<String> choices;
    private final long minimum;
    private final long maximum;
    private final long shortest;
    private final long longest;
    private final long fewest;
    private final long most;

    private SureFit(Map<?, ?> schema) {
        this.types = types(schema.get("type"));
        this.properties = properties(schema.get("properties"));
        this.required = texts(schema.get("required")).toArray(String[]::new);
        this.closed = closed(schema.get("additionalProperties"));
        this.items = schema.containsKey("items") ? compiled(schema.get("items")) : null;
        this.choices = schema.containsKey("enum") ? Set.copyOf(texts(schema.get("enum"))) : null;
        this.minimum = bound(schema, "minimum", Long.MIN_VALUE);
        this.maximum = bound(schema, "maximum", Long.MAX_VALUE);
        this.shortest = bound(schema, "minLength", 0);
        this.longest = bound(schema, "maxLength", Long.MAX_VALUE);
        this.fewest = bound(schema, "minItems", 0);
        this.most = bound(schema, "maxItems", Long.MAX_VALUE);
        for (Object keyword : schema.keySet()) {
            if (!KEYWORDS.contains(keyword) && !ANNOTATIONS.contains(keyword)) {
                throw new Unknown();
            }
        }
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

    private static SureFit compiled(@Nullable Object schema) {
        if (schema instanceof Map<?, ?> map) {
            return new SureFit(map);
        }
        throw new Unknown();
    }

    private static Set<String> types(@Nullable Object type) {
        return type instanceof String one ? Set.of(one) : Set.copyOf(texts(type));
    }

    private static Map<String, SureFit> properties(@Nullable Object known) {
        Map<String, SureFit> properties = new LinkedHashMap<>();
        if (known instanceof Map<?, ?> map) {
            map.forEach((name, property) -> properties.put((String) name, compiled(property)));
        } else if (known != null) {
            throw new Unknown();
        }
        return Map.copyOf(properties);
    }

    private static Set<String> texts(@Nullable Object value) {
        Set<String> texts = new LinkedHashSet<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (!(item instanceof String text)) {
                    throw new Unknown();
                }
                texts.add(text);
            }
        } else if (value != null) {
            throw new Unknown();
        }
        return texts;
    }

    private static boolean closed(@Nullable Object additional) {
        if (additional == null || additional instanceof Boolean) {
            return Boolean.FALSE.equals(additional);
        }
        throw new Unknown();
    }

    private static long bound(Map<?, ?> schema, String keyword, long otherwise) {
        if (!schema.containsKey(keyword)) {
            return otherwise;
        }
        if (schema.get(keyword) instanceof Long bound) {
            return bound;
        }
        throw new Unknown();
    }

    /** Whether the value certainly fits. */
    boolean surely(@Nullable Object value) {
        return switch (value) {
            case String text -> is("string") && text(text);
            case Long number ->
                (is("integer") || is("number")) && choices == null && number >= minimum && number <= maximum;
            case Double _ -> is("number") && choices == null && minimum == Long.MIN_VALUE && maximum == Long.MAX_VALUE;
            case Boolean _ -> is("boolean") && choices == null;
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
