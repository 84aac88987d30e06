package dev.portcullis.gateway.runtime.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns texts into the numbers and flags that a schema asks for, where nothing is lost: {@code "2"} and {@code 2.0} for an
 * integer, {@code "1.5"} for a number, {@code "true"} for a boolean. Everything else stays, for the validator to judge.
 */
final class Coercion {
    private static final Coercion NOTHING = new Coercion(Set.of(), Map.of(), null);

    /** 1e999999999 is short to write and takes all memory to calculate with. */
    private static final int LARGEST_SCALE = 1_000;

    private static final int LONGEST = 1_000;
    private static final int LONG_DIGITS = 19;

    private final Set<String> types;
    private final Map<String, Coercion> properties;
    private final @Nullable Coercion items;

    private Coercion(Set<String> types, Map<String, Coercion> properties, @Nullable Coercion items) {
        this.types = types;
        this.properties = properties;
        this.items = items;
    }

    static Coercion of(Map<?, ?> schema) {
        Map<String, Coercion> properties = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> known) {
            known.forEach((name, property) -> {
                if (property instanceof Map<?, ?> child && name instanceof String key) {
                    Coercion coercion = of(child);
                    if (coercion != NOTHING) {
                        properties.put(key, coercion);
                    }
                }
            });
        }
        Coercion items = schema.get("items") instanceof Map<?, ?> child ? of(child) : NOTHING;
        Set<String> types = types(schema.get("type"));
        if (types.isEmpty() && properties.isEmpty() && items == NOTHING) {
            return NOTHING;
        }
        return new Coercion(types, properties, items == NOTHING ? null : items);
    }

    /** Only the types that a text can stand for; none if texts are welcome as they are. */
    private static Set<String> types(@Nullable Object type) {
        List<?> names = type instanceof List<?> list ? list : type == null ? List.of() : List.of(type);
        if (names.contains("string")) {
            return Set.of();
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (Object name : names) {
            if ("integer".equals(name) || "number".equals(name) || "boolean".equals(name)) {
                wanted.add((String) name);
            }
        }
        return wanted;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> apply(Map<String, Object> arguments) {
        Object coerced = value(arguments);
        return coerced instanceof Map<?, ?> map ? (Map<String, Object>) map : arguments;
    }

    private @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> scalar(text);
            case Double number -> whole(number);
            case BigDecimal number -> whole(number);
            case Map<?, ?> map -> object(map);
            case List<?> list -> list(list);
            default -> value;
        };
    }

    /** Nearly all maps and lists stay as they are, and come back without a copy. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"})
    private Object object(Map<?, ?> map) {
        if (properties.isEmpty()) {
            return map;
        }
        Map<String, @Nullable Object> copy = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Coercion coercion = properties.get(entry.getKey());
            Object coerced = coercion == null ? entry.getValue() : coercion.value(entry.getValue());
            if (coerced != entry.getValue()) {
                if (copy == null) {
                    copy = new LinkedHashMap<>((Map<String, @Nullable Object>) map);
                }
                copy.put((String) entry.getKey(), coerced);
            }
        }
        return copy == null ? map : Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings("ReferenceEquality")
    private Object list(List<?> list) {
        if (items == null) {
            return list;
        }
        List<@Nullable Object> copy = null;
        for (int i = 0; i < list.size(); i++) {
            Object coerced = items.value(list.get(i));
            if (coerced != list.get(i)) {
                if (copy == null) {
                    copy = new ArrayList<>(list);
                }
                copy.set(i, coerced);
            }
        }
        return copy == null ? list : Collections.unmodifiableList(copy);
    }

    private boolean wantsWhole() {
        return types.contains("integer") && !types.contains("number");
    }

    private Object whole(Double number) {
        return wantsWhole() && number == Math.rint(number) && Math.abs(number) < 1L << 53
                ? (Object) number.longValue()
                : number;
    }

    private Object whole(BigDecimal number) {
        if (wantsWhole() && Math.abs((long) number.scale()) <= LARGEST_SCALE) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException fractionOrTooLarge) {
                return number;
            }
        }
        return number;
    }

    private Object scalar(String text) {
        if (types.isEmpty()) {
            return text;
        }
        String trimmed = text.strip();
        if (types.contains("boolean")) {
            String lower = trimmed.toLowerCase(Locale.ROOT);
            if (lower.equals("true") || lower.equals("false")) {
                return Boolean.valueOf(lower);
            }
        }
        if ((types.contains("integer") || types.contains("number")) && trimmed.length() <= LONGEST) {
            try {
                BigDecimal number = new BigDecimal(trimmed);
                if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
                    return text;
                }
                boolean whole =
                        number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
                if (whole) {
                    return number.precision() - number.scale() <= LONG_DIGITS ? number.longValueExact() : number;
                }
                return types.contains("number") ? number : text;
            } catch (ArithmeticException tooLarge) {
                return new BigDecimal(trimmed);
            } catch (NumberFormatException none) {
                return text;
            }
        }
        return text;
    }
}
