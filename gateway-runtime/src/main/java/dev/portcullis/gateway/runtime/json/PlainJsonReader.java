package dev.portcullis.gateway.runtime.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as programs usually write it, in one pass over its bytes: an object without escapes and without unusual numbers.
 * Whatever else there is, errors above all, is left to a real parser; what is read here is read the same there.
 */
public final class PlainJsonReader {
    /** Where the fields of the object go. */
    public interface Fields {
        /** The name that stands there, up to its quotation mark, if it is one that need not be made anew. */
        @Nullable
        String known(byte[] text, int at);

        void put(String name, @Nullable Object value);
    }

    /** Said instead of an answer: somebody else must read it. */
    private static final class NotPlain extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotPlain() {
            super("not plain", null, false, false);
        }
    }

    private static final int DEEPEST = 100;
    private static final int LONGEST_WHOLE = 18;
    private static final int LONGEST_NUMBER = 24;

    private final byte[] bytes;
    private final Fields fields;
    private int at;

    private PlainJsonReader(byte[] bytes, Fields fields) {
        this.bytes = bytes;
        this.fields = fields;
    }

    /** Whether the bytes are a plain object; the fields are worth nothing otherwise. */
    public static boolean read(byte[] bytes, Fields fields) {
        PlainJsonReader reader = new PlainJsonReader(bytes, fields);
        try {
            reader.top();
            reader.space();
            return reader.at == bytes.length;
        } catch (NotPlain more) {
            return false;
        }
    }

    private void top() {
        space();
        expect('{');
        if (ended('}')) {
            return;
        }
        do {
            String name = name();
            fields.put(name, value(1));
        } while (more('}'));
    }

    private @Nullable Object value(int depth) {
        if (depth > DEEPEST) {
            throw new NotPlain();
        }
        return switch (peek()) {
            case '"' -> string();
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    // Plain values may be null inside maps and lists.
    @SuppressWarnings("NullAway")
    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>(8);
        at++;
        if (!ended('}')) {
            do {
                String name = name();
                object.put(name, value(depth + 1));
            } while (more('}'));
        }
        return Collections.unmodifiableMap(object);
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> array = new ArrayList<>();
        at++;
        if (!ended(']')) {
            do {
                array.add(value(depth + 1));
            } while (more(']'));
        }
        return Collections.unmodifiableList(array);
    }

    private String name() {
        space();
        if (peek() != '"') {
            throw new NotPlain();
        }
        String name = fields.known(bytes, at + 1);
        if (name == null) {
            name = string();
        } else {
            at += name.length() + 2;
        }
        space();
        expect(':');
        space();
        return name;
    }

    private String string() {
        int start = ++at;
        boolean ascii = true;
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b == '"') {
                return new String(
                        bytes, start, at++ - start, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            }
            if (b < 0) {
                // bytes that are no UTF-8 become U+FFFD, and never take a quotation mark with them
                ascii = false;
            } else if (b < ' ' || b == '\\') {
                throw new NotPlain();
            }
            at++;
        }
        throw new NotPlain();
    }

    private @Nullable Object literal(String text, @Nullable Object value) {
        if (bytes.length - at < text.length()) {
            throw new NotPlain();
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                throw new NotPlain();
            }
        }
        at += text.length();
        return value;
    }

    private Object number() {
        int start = at;
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        int first = at;
        long whole = 0;
        while (at < bytes.length && digit(bytes[at]) && at - first <= LONGEST_WHOLE) {
            whole = 10 * whole + bytes[at++] - '0';
        }
        int digits = at - first;
        if (digits == 0 || digits > LONGEST_WHOLE || (digits > 1 && bytes[first] == '0')) {
            throw new NotPlain();
        }
        return switch (at < bytes.length ? bytes[at] : ' ') {
            case '.' -> fraction(start);
            case 'e', 'E' -> throw new NotPlain();
            default -> negative ? -whole : whole;
        };
    }

    private Object fraction(int start) {
        int point = at++;
        while (at < bytes.length && digit(bytes[at])) {
            at++;
        }
        boolean exponent = at < bytes.length && (bytes[at] | 0x20) == 'e';
        if (at == point + 1 || at - start > LONGEST_NUMBER || exponent) {
            throw new NotPlain();
        }
        return Double.valueOf(new String(bytes, start, at - start, StandardCharsets.ISO_8859_1));
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** After an opening bracket: whether the closing one follows. */
    private boolean ended(char close) {
        space();
        if (peek() == close) {
            at++;
            return true;
        }
        return false;
    }

    /** After a value: whether a comma follows, and not the closing bracket. */
    private boolean more(char close) {
        space();
        byte b = peek();
        at++;
        if (b == ',') {
            space();
            return true;
        }
        if (b == close) {
            return false;
        }
        throw new NotPlain();
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new NotPlain();
        }
        at++;
    }

    private byte peek() {
        if (at >= bytes.length) {
            throw new NotPlain();
        }
        return bytes[at];
    }

    private void space() {
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            at++;
        }
    }
}
