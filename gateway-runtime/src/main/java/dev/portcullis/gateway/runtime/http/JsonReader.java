package dev.portcullis.gateway.runtime.http;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** JSON text to plain values, in one pass. Strict; the last of two equal keys wins, as in the reference gateway. */
final class JsonReader {
    /** No JSON. The message says where and never quotes what was sent. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** Deeper than people write, shallow enough for every recursion that follows. */
    static final int DEEPEST = 500;

    private static final int LARGEST_EXPONENT = 1_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000_000)
                    .maxStringLength(4 * 1024 * 1024)
                    .maxNumberLength(1_000)
                    .maxNameLength(64 * 1024)
                    .build())
            .build();

    private JsonReader() {}

    static JsonParser open(String text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    /** The value that the parser stands on. */
    static @Nullable Object value(JsonParser parser) {
        return value(parser, 0);
    }

    private static @Nullable Object value(JsonParser parser, int depth) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, depth + 1);
            case START_ARRAY -> array(parser, depth + 1);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Object integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getDecimalValue();
        };
    }

    private static Object decimal(JsonParser parser) {
        double number = parser.getDoubleValue();
        if (!Double.isInfinite(number)) {
            return number;
        }
        try {
            BigDecimal exact = new BigDecimal(parser.getString());
            // 1e999999999 is short to write and takes all memory to calculate with
            if (exact.precision() - (long) exact.scale() <= LARGEST_EXPONENT) {
                return exact;
            }
        } catch (NumberFormatException beyondAnyDecimal) {
            // said below
        }
        throw new Malformed("A number is out of range" + at(parser.currentLocation()));
    }

    // Plain values may be null inside maps and lists.
    @SuppressWarnings("NullAway")
    static Map<String, Object> object(JsonParser parser, int depth) {
        requireDepth(parser, depth);
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser, depth));
        }
        return Collections.unmodifiableMap(object);
    }

    private static List<@Nullable Object> array(JsonParser parser, int depth) {
        requireDepth(parser, depth);
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, depth));
        }
        return Collections.unmodifiableList(array);
    }

    private static void requireDepth(JsonParser parser, int depth) {
        if (depth > DEEPEST) {
            throw new Malformed("JSON is nested deeper than " + DEEPEST + " levels" + at(parser.currentLocation()));
        }
    }

    static Malformed malformed(JacksonException broken) {
        return new Malformed("Malformed JSON" + at(broken.getLocation()));
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 0
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
