package dev.portcullis.gateway.api.tool;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies JSON-like values so that nothing of a plugin's own types, and nothing mutable, passes the border. What is shared in
 * the value is shared in the copy: forty lists, each with the next one in it twice, are forty lists and not a million millions.
 */
final class PlainValues {
    /** Deep enough for real documents, shallow enough that a cycle ends as an error and not as an overflow. */
    private static final int MAX_DEPTH = 500;

    /** No answer is as large, and a list may pretend to be endless. */
    private static final int MOST_COPIED = 10_000_000;

    /**
     * Bytes that a copy may take, about: a part of the heap, since a map that never ends would take all of it before ten million
     * values are reached. How large a result may be is judged later, and by the gateway's configuration.
     */
    private static final long MOST_MEMORY = Math.clamp(Runtime.getRuntime().maxMemory() / 8, 32L << 20, 512L << 20);

    private static final int SLOT = 4;
    private static final int ENTRY = 48;
    private static final int NUMBER = 24;
    private static final int LARGE_NUMBER = 112;
    private static final int TEXT = 56;
    private static final int CONTAINER = 64;

    /** A schema is read by walking through it, wherever that leads. */
    private static final long MOST_OF_AN_OBJECT = 1_000_000;

    /** Small values are copied without remembering what was copied, which is quicker. */
    private static final int REMEMBERED_FROM = 1_000;

    private static final int LARGEST_LEAP = 1 << 16;
    private static final long COUNTLESS = 1L << 60;
    private static final int LONGEST_PATH = 120;

    /** A copy of a list or map that is there already, with its height and how many values are in it. */
    private record Copied(Object copy, int height, long values) {}

    private @Nullable Map<Object, Copied> known;
    private int copied;
    private long memory;
    private @Nullable String lastText;

    /** With those that are shared counted as often as they are met. */
    private long values;

    private int deepest;

    /** Names and indexes on the way to where the copying is, told only if it cannot go on. */
    private @Nullable Object[] path = {};

    private PlainValues() {}

    static @Nullable Object copy(@Nullable Object value) {
        return new PlainValues().copy(value, 0);
    }

    static Map<String, Object> copyObject(Map<?, ?> value) {
        PlainValues copying = new PlainValues();
        Map<String, Object> copy = copying.object(value, 0);
        if (copying.values > MOST_OF_AN_OBJECT) {
            throw new IllegalArgumentException(
                    "It is made of more than " + MOST_OF_AN_OBJECT + " values; what is shared counts each time");
        }
        return copy;
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw tooDeep(depth);
        }
        if (++copied > MOST_COPIED) {
            throw new IllegalArgumentException("It is made of more than " + MOST_COPIED + " values: too large");
        }
        values = Math.min(values + 1, COUNTLESS);
        takes(SLOT);
        return switch (value) {
            case null -> null;
            case String text -> text(text);
            case Boolean flag -> flag;
            case Long number -> number(number);
            case Integer number -> number(number.longValue());
            case Short number -> number(number.longValue());
            case Byte number -> number(number.longValue());
            case Double number -> number(finite(number, depth));
            case Float number -> number(finite(Double.valueOf(number.toString()), depth));
            case BigDecimal number -> large(plain(number));
            case BigInteger number -> large(new BigDecimal(plain(number)));
            case Map<?, ?> map -> shared(map, depth);
            case List<?> list -> shared(list, depth);
            default ->
                throw new IllegalArgumentException("A value of type "
                        + value.getClass().getName() + " at " + where(depth)
                        + " is not plain: use String, Boolean, a number, List, Map or null");
        };
    }

    /** One and the same text again takes nothing. */
    @SuppressWarnings("ReferenceEquality")
    private String text(String text) {
        if (text != lastText) {
            takes(TEXT + (long) text.length());
            lastText = text;
        }
        return text;
    }

    private void takes(long bytes) {
        memory += bytes;
        if (memory > MOST_MEMORY) {
            throw new IllegalArgumentException(
                    "It takes more than " + (MOST_MEMORY >> 20) + " MiB of memory: too large, or without an end");
        }
    }

    private Object shared(Object value, int depth) {
        Copied before = known == null ? null : known.get(value);
        if (before != null) {
            if (depth + before.height() > MAX_DEPTH) {
                throw tooDeep(depth);
            }
            values = Math.min(values + before.values(), COUNTLESS);
            deepest = Math.max(deepest, depth + before.height());
            return before.copy();
        }
        int deepestBefore = deepest;
        long valuesBefore = values;
        deepest = depth;
        takes(CONTAINER);
        Object copy = value instanceof Map<?, ?> map ? object(map, depth) : list((List<?>) value, depth);
        if (copied > REMEMBERED_FROM) {
            known = known == null ? new IdentityHashMap<>() : known;
            known.put(value, new Copied(copy, deepest - depth, values - valuesBefore));
        }
        deepest = Math.max(deepest, deepestBefore);
        return copy;
    }

    private IllegalArgumentException tooDeep(int depth) {
        return new IllegalArgumentException(
                "A value is nested deeper than " + MAX_DEPTH + " levels (or contains itself) at " + where(depth));
    }

    private <T extends Number> T number(T number) {
        takes(NUMBER);
        return number;
    }

    private BigDecimal large(BigDecimal number) {
        takes(LARGE_NUMBER + number.unscaledValue().bitLength() / 8);
        return number;
    }

    /** A subclass may print whatever it likes, also what is no number; so may one that a number is made of. */
    private static BigDecimal plain(BigDecimal number) {
        BigInteger unscaled = number.unscaledValue();
        return number.getClass() == BigDecimal.class && unscaled.getClass() == BigInteger.class
                ? number
                : new BigDecimal(plain(unscaled), number.scale());
    }

    private static BigInteger plain(BigInteger number) {
        return number.getClass() == BigInteger.class ? number : new BigInteger(number.toByteArray());
    }

    private Double finite(Double number, int depth) {
        if (number.isNaN() || number.isInfinite()) {
            throw new IllegalArgumentException("The number " + number + " at " + where(depth) + " has no JSON form");
        }
        return number;
    }

    private Map<String, Object> object(Map<?, ?> map, int depth) {
        ObjectCopy copy = new ObjectCopy(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException(
                        "The key " + entry.getKey() + " at " + where(depth) + " is not a String");
            }
            step(depth, key);
            takes(ENTRY);
            text(key);
            copy.put(key, copy(entry.getValue(), depth + 1));
        }
        return copy.done();
    }

    private List<@Nullable Object> list(List<?> list, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(Math.min(list.size(), LARGEST_LEAP));
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
