package dev.portcullis.gateway.runtime.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** A value as somebody types it on a command line: JSON5, a list or an object as HOCON has them, or else a text. */
public final class WrittenValue {
    private WrittenValue() {}

    /**
     * Reads it. Numbers keep their digits, as those of a file do.
     *
     * @return a plain value; null if null was written
     */
    public static @Nullable Object parse(String text) {
        try (JsonParser parser = Json5Syntax.JSON5.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return text;
            }
            if (first == JsonToken.VALUE_NUMBER_FLOAT) {
                Object number = ExactNumber.of(parser.getString()).orElse(null);
                return number == null || parser.nextToken() != null ? text : number;
            }
            @Nullable Object value = value(parser);
            return parser.nextToken() == null ? value : other(text);
        } catch (JacksonException noJson) {
            return other(text);
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT ->
                ExactNumber.of(parser.getString())
                        .orElseThrow(() -> new ConfigEditException(
                                "the value has a number in it that has more than 1,000 digits, or is none such as NaN:"
                                        + " write another one, or a text"));
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static @Nullable Object other(String text) {
        return text.startsWith("[") || text.startsWith("{") ? hocon(text) : text;
    }

    private static @Nullable Object hocon(String text) {
        try {
            return HoconSyntax.plain(
                    ConfigFactory.parseString("value = " + text).getValue("value"));
        } catch (ConfigException neither) {
            throw new ConfigEditException(
                    "the value begins as a list or an object, and is none: quote its texts and close"
                            + " what it opens");
        }
    }
}
