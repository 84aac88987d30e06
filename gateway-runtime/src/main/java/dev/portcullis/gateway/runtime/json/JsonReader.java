package dev.portcullis.gateway.runtime.json;

import dev.portcullis.gateway.runtime.config.ExactNumber;
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
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** JSON text to plain values, in one pass. Strict; the last of two equal keys wins, as in the reference gateway. */
public final class JsonReader {
    /** No JSON. The message says where and never quotes what was sent. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** Deeper than people write, shallow enough for every recursion that follows. */
    public static final int DEEPEST = 500;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000_000)
                    .maxStringLength(4 * 1024 * 1024)
                    .maxNumberLength(1_000)
                    .maxNameLength(64 * 1024)
                    .build())
            .build();

    /** For what has one author, who should know of a mistake. */
    private static final JsonFactory STRICT =
            JSON.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private JsonReader() {}

    public static JsonParser open(String text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    /** Of bytes that are ASCII; others may be no UTF-8, which is judged elsewhere. */
    public static JsonParser openAscii(byte[] text, int from, int length) {
        return JSON.createParser(ObjectReadContext.empty(), text, from, length);
    }

    /** One that finds an object with two fields of a name malformed. */
    static JsonParser openStrict(byte[] text) {
        return STRICT.createParser(ObjectReadContext.empty(), text);
    }

    /** Whether these bytes are ASCII. A NUL is none here: the parser would take the text for UTF-16 or UTF-32. */
    public static boolean ascii(byte[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (text[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    /** The value that the parser stands on. */
    public static @Nullable Object value(JsonParser parser) {
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
        return ExactNumber.of(parser.getString())
                .orElseThrow(() -> new Malformed("A number is out of range" + at(parser.currentLocation())));
    }

    // Plain values may be null inside maps and lists.
    @SuppressWarnings("NullAway")
    public static Map<String, Object> object(JsonParser parser, int depth) {
        requireDepth(parser, depth);
        Map<String, Object> object = new LinkedHashMap<>(8);
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

    public static Malformed malformed(JacksonException broken) {
        return new Malformed("Malformed JSON" + at(broken.getLocation()));
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 0
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
