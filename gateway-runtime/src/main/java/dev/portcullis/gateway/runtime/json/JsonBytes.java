package dev.portcullis.gateway.runtime.json;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text of plain values as UTF-8, written straight into one array, with room before it for the head of an answer. As
 * {@code JSON.stringify} does it: nothing is escaped that need not be.
 */
public final class JsonBytes {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private static final int LONGEST_INT = 10;

    private final int start;
    private byte[] bytes;
    private int at;

    /** Whether what is written is the inside of a string: JSON text as the value of a property. */
    private boolean quoted;

    /** Whether {@link Unprintable} characters are escaped. */
    private final boolean printable;

    /**
     * For the wire.
     *
     * @param room left free before the text
     */
    public JsonBytes(int room, int expected) {
        this(room, expected, false);
    }

    private JsonBytes(int room, int expected, boolean printable) {
        this.printable = printable;
        this.start = room;
        this.at = room;
        this.bytes = new byte[room + expected];
    }

    /** For files that somebody shows on a terminal: no character in them steers it. */
    public static JsonBytes printable(int expected) {
        return new JsonBytes(0, expected, true);
    }

    public byte[] array() {
        return bytes;
    }

    public int start() {
        return start;
    }

    public int length() {
        return at - start;
    }

    /** Forgets what was written after so many bytes, and keeps the array. */
    public void cut(int length) {
        at = start + length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, start, at);
    }

    /** Characters of ASCII that mean themselves. */
    // the method that drops the upper halves of characters, which these have not, copies the others at once
    @SuppressWarnings("deprecation")
    public JsonBytes raw(String ascii) {
        int length = ascii.length();
        ensure(length);
        ascii.getBytes(0, length, bytes, at);
        at += length;
        return this;
    }

    /** Compact. */
    public JsonBytes value(@Nullable Object value) {
        switch (value) {
            case String text -> string(text);
            case Map<?, ?> map -> {
                put('{');
                int first = at;
                map.forEach((name, item) -> {
                    if (at != first) {
                        put(',');
                    }
                    string(String.valueOf(name));
                    put(':');
                    value(item);
                });
                put('}');
            }
            case List<?> list -> {
                put('[');
                boolean first = true;
                for (Object item : list) {
                    if (!first) {
                        put(',');
                    }
                    first = false;
                    value(item);
                }
                put(']');
            }
            case null, default -> scalar(value);
        }
        return this;
    }

    /** Indented by two. */
    public JsonBytes pretty(@Nullable Object value) {
        pretty(value, 0);
        return this;
    }

    /** The indented text of a value, as a string. */
    public JsonBytes prettyString(@Nullable Object value) {
        put('"');
        quoted = true;
        pretty(value, 0);
        quoted = false;
        put('"');
        return this;
    }

    private void pretty(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            put('{');
            int first = at;
            map.forEach((name, item) -> {
                if (at != first) {
                    put(',');
                }
                newLine(depth + 1);
                string(String.valueOf(name));
                put(':');
                put(' ');
                pretty(item, depth + 1);
            });
            newLine(depth);
            put('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            char before = '[';
            for (Object item : list) {
                put(before);
                before = ',';
                newLine(depth + 1);
                pretty(item, depth + 1);
            }
            newLine(depth);
            put(']');
        } else {
            value(value);
        }
    }

    private void newLine(int depth) {
        ensure(2 + 2 * depth);
        if (quoted) {
            bytes[at++] = '\\';
            bytes[at++] = 'n';
        } else {
            bytes[at++] = '\n';
        }
        Arrays.fill(bytes, at, at + 2 * depth, (byte) ' ');
        at += 2 * depth;
    }

    private void scalar(@Nullable Object value) {
        switch (value) {
            case null -> raw("null");
            case Boolean flag -> raw(flag ? "true" : "false");
            case Long number -> number(number);
            case Integer number -> number(number.longValue());
            case Double number -> number(number.doubleValue());
            case BigDecimal number -> raw(number.toString());
            default ->
                throw new IllegalArgumentException(
                        "Not a plain value: " + value.getClass().getName());
        }
    }

    /** A whole number has no fraction on the wire, as in JavaScript. */
    private void number(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
            number((long) number);
        } else {
            raw(Double.toString(number));
        }
    }

    public JsonBytes number(long number) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            return raw(Long.toString(number));
        }
        int left = (int) number;
        ensure(LONGEST_INT);
        byte[] out = bytes;
        int end = at + digits(left);
        int i = end;
        do {
            int rest = left / 10;
            out[--i] = (byte) ('0' + left - rest * 10);
            left = rest;
        } while (left != 0);
        at = end;
        return this;
    }

    private static int digits(int number) {
        int digits = 1;
        for (int left = number; left >= 10; left /= 10) {
            digits++;
        }
        return digits;
    }

    /** With its quotation marks. Half a surrogate pair has no UTF-8 and becomes U+FFFD. */
    public JsonBytes string(String text) {
        quotationMark();
        int length = text.length();
        int i = 0;
        while (i < length) {
            ensure(length - i + 12);
            // local: what is written could otherwise be the fields themselves, for all the compiler knows
            byte[] out = bytes;
            int to = at - i;
            while (i < length) {
                char c = text.charAt(i);
                if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
                    break;
                }
                out[to + i] = (byte) c;
                i++;
            }
            at = to + i;
            if (i < length) {
                i = other(text, i);
            }
        }
        quotationMark();
        return this;
    }

    /** Writes the character there, which is no plain one; where to go on. There is room for it. */
    private int other(String text, int i) {
        char c = text.charAt(i);
        if (printable && Unprintable.is(c)) {
            backslash();
            hex(c);
        } else if (c == 0x7F) {
            bytes[at++] = (byte) c;
        } else if (c < 0x80) {
            escape(c);
        } else if (c < 0x800) {
            bytes[at++] = (byte) (0xC0 | (c >> 6));
            bytes[at++] = (byte) (0x80 | (c & 0x3F));
        } else if (Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1))) {
            int point = Character.toCodePoint(c, text.charAt(i + 1));
            bytes[at++] = (byte) (0xF0 | (point >> 18));
            bytes[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            bytes[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            bytes[at++] = (byte) (0x80 | (point & 0x3F));
            return i + 2;
        } else {
            int unit = Character.isSurrogate(c) ? 0xFFFD : c;
            bytes[at++] = (byte) (0xE0 | (unit >> 12));
            bytes[at++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
            bytes[at++] = (byte) (0x80 | (unit & 0x3F));
        }
        return i + 1;
    }

    private void escape(char c) {
        backslash();
        switch (c) {
            case '"' -> quotationMark();
            case '\\' -> backslash();
            case '\b' -> bytes[at++] = 'b';
            case '\t' -> bytes[at++] = 't';
            case '\n' -> bytes[at++] = 'n';
            case '\f' -> bytes[at++] = 'f';
            case '\r' -> bytes[at++] = 'r';
            default -> hex(c);
        }
    }

    private void hex(char c) {
        bytes[at++] = 'u';
        bytes[at++] = HEX[c >> 12];
        bytes[at++] = HEX[(c >> 8) & 0xF];
        bytes[at++] = HEX[(c >> 4) & 0xF];
        bytes[at++] = HEX[c & 0xF];
    }

    private void quotationMark() {
        ensure(2);
        if (quoted) {
            bytes[at++] = '\\';
        }
        bytes[at++] = '"';
    }

    private void backslash() {
        if (quoted) {
            bytes[at++] = '\\';
        }
        bytes[at++] = '\\';
    }

    private void put(char ascii) {
        ensure(1);
        bytes[at++] = (byte) ascii;
    }

    private void ensure(int more) {
        if (bytes.length - at < more) {
            bytes = Arrays.copyOf(bytes, Math.max(at + more, bytes.length + (bytes.length >> 1)));
        }
    }
}
