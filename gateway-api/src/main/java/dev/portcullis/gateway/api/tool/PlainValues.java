package dev.portcullis.gateway.api.tool;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies JSON-like values so that nothing of a plugin's own types, and nothing mutable, passes the border. */
final class PlainValues {
    /** Deep enough for real documents, shallow enough that a cycle ends as an error and not as an overflow. */
    private static final int MAX_DEPTH = 500;

    private static final int LONGEST_PATH = 120;

    /** Names and indexes on the way to where the copying is, told only if it cannot go on. */
    private @Nullable Object[] path = {};

    private PlainValues() {}

    static @Nullable Object copy(@Nullable Object value) {
        return new PlainValues().copy(value, 0);
    }

    static Map<String, Object> copyObject(Map<?, ?> value) {
        return new PlainValues().object(value, 0);
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "A value is nested deeper than " + MAX_DEPTH + " levels (or contains itself) at " + where(depth));
        }
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Double number -> finite(number, depth);
            case Float number -> finite(number.doubleValue(), depth);
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            case Map<?, ?> map -> object(map, depth);
            case List<?> list -> list(list, depth);
            default ->
                throw new IllegalArgumentException("A value of type "
                        + value.getClass().getName() + " at " + where(depth)
                        + " is not plain: use String, Boolean, a number, List, Map or null");
        };
    }

    private Double finite(Double number, int depth) {
        if (number.isNaN() || number.isInfinite()) {
            throw new IllegalArgumentException("The number " + number + " at " + where(depth) + " has no JSON form");
        }
        return number;
    }

    // A map that holds plain values may hold null ones too, which no factory of Map accepts.
    @SuppressWarnings("NullAway")
    private Map<String, Object> object(Map<?, ?> map, int depth) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException(
                        "The key " + entry.getKey() + " at " + where(depth) + " is not a String");
            }
            step(depth, key);
            copy.put(key, copy(entry.getValue(), depth + 1));
        }
        return Collections.unmodifiableMap(copy);
    }

    private List<@Nullable Object> list(List<?> list, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object item : list) {
            step(depth, copy.size());
            copy.add(copy(item, depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private void step(int depth, Object to) {
        if (depth >= path.length) {
            path = Arrays.copyOf(path, Math.max(4, 2 * depth));
        }
        path[depth] = to;
    }

    private String where(int depth) {
        StringBuilder text = new StringBuilder("$");
        for (int i = 0; i < depth && text.length() <= LONGEST_PATH; i++) {
            if (path[i] instanceof String key) {
                text.append('.').append(key);
            } else {
                text.append('[').append(path[i]).append(']');
            }
        }
        return text.length() <= LONGEST_PATH ? text.toString() : text.substring(0, LONGEST_PATH) + "…";
    }
}
