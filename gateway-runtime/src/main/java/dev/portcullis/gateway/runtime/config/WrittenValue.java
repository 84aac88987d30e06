package dev.portcullis.gateway.runtime.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A value as somebody types it on a command line: JSON5, a list or an object as HOCON has them, or else a text. */
public final class WrittenValue {
    private static final JsonMapper JSON5 = JsonMapper.builder(Json5Syntax.JSON5)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private WrittenValue() {}

    /**
     * Reads it.
     *
     * @return a plain value; null if null was written
     */
    public static @Nullable Object parse(String text) {
        try {
            @Nullable Object value = JSON5.readValue(text, Object.class);
            boolean finite = !(value instanceof Double number) || Double.isFinite(number);
            return finite ? value : text;
        } catch (JacksonException noJson) {
            return text.startsWith("[") || text.startsWith("{") ? hocon(text) : text;
        }
    }

    private static Object hocon(String text) {
        try {
            return ConfigFactory.parseString("value = " + text)
                    .getValue("value")
                    .unwrapped();
        } catch (ConfigException neither) {
            throw new ConfigEditException(
                    "the value begins as a list or an object, and is none: quote its texts and close"
                            + " what it opens");
        }
    }
}
