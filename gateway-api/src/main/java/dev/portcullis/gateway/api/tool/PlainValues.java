package dev.portcullis.gateway.api.tool;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies JSON-like values so that nothing of a plugin's own types, and nothing mutable, passes the border. */
final class PlainValues {
    /** Deep enough for real documents, shallow enough that a cycle ends as an error and not as an overflow. */
    private static final int MAX_DEPTH = 500;

    private PlainValues() {}

    static @Nullable Object copy(@Nullable Object value) {
        return copy(value, "$", 0);
    }

    static Map<String, Object> copyObject(Map<?, ?> value) {
        return object(value, "$", 0);
    }

    private static @Nullable Object copy(@Nullable Object value, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "A value is nested deeper than " + MAX_DEPTH + " levels (or contains itself) at " + shorten(path));
        }
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Double number -> finite(number, path);
            case Float number -> finite(number.doubleValue(), path);
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            case Map<?, ?> map -> object(map, path, depth);
            case List<?> list -> list(list, path, depth);
            default ->
                throw new IllegalArgumentException("A value of type "
                        + value.getClass().getName() + " at " + shorten(path)
                        + " is not plain: use String, Boolean, a number, List, Map or null");
        };
    }

    private static Double finite(Double number, String path) {
        if (number.isNaN() || number.isInfinite()) {
            throw new IllegalArgumentException("The number " + number + " at " + shorten(path) + " has no JSON form");
        }
        return number;
    }

    // A map that holds plain values may hold null ones too, which no factory of Map accepts.
    @SuppressWarnings("NullAway")
    private static Map<String, Object> object(Map<?, ?> map, String path, int depth) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException(
                        "The key " + entry.getKey() + " at " + shorten(path) + " is not a String");
            }
            copy.put(key, copy(entry.getValue(), path + "." + key, depth + 1));
        }
        return Collections.unmodifiableMap(copy);
    }

    private static List<@Nullable Object> list(List<?> list, String path, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object item : list) {
            copy.add(copy(item, path + "[" + copy.size() + "]", depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private static String shorten(String path) {
        return path.length() <= 120 ? path : path.substring(0, 120) + "…";
    }
}
