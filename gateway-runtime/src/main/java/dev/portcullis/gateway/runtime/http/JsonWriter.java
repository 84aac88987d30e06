package dev.portcullis.gateway.runtime.http;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Plain values to JSON text: on one line, or indented by two as {@code JSON.stringify(value, null, 2)} does. */
final class JsonWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private static final ObjectWriteContext INDENTED = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return PRETTY.createInstance();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    };

    private JsonWriter() {}

    static JsonGenerator open(ByteArrayOutputStream out) {
        return JSON.createGenerator(ObjectWriteContext.empty(), out);
    }

    static byte[] bytes(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = open(out)) {
            write(json, value);
        }
        return out.toByteArray();
    }

    static String pretty(@Nullable Object value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(INDENTED, out)) {
            write(json, value);
        }
        return out.toString();
    }

    static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number.longValue());
            case Integer number -> json.writeNumber(number.intValue());
            case Double number -> number(json, number);
            case BigDecimal number -> json.writeNumber(number);
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, item) -> {
                    json.writeName(String.valueOf(name));
                    write(json, item);
                });
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            default ->
                throw new IllegalArgumentException(
                        "Not a plain value: " + value.getClass().getName());
        }
    }

    /** A whole number has no fraction on the wire, as in JavaScript. */
    private static void number(JsonGenerator json, double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(number);
        }
    }
}
