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
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Plain values to JSON text: on one line, or indented by two as {@code JSON.stringify(value, null, 2)} does. */
final class JsonWriter {
    /** Deeper than any plain value may be, with what we put around it. */
    private static final int DEEPEST = 1_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

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
            case String text -> json.writeString(wellFormed(text));
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number.longValue());
            case Integer number -> json.writeNumber(number.intValue());
            case Double number -> number(json, number);
            case BigDecimal number -> json.writeNumber(number);
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, item) -> {
                    json.writeName(wellFormed(String.valueOf(name)));
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

    /** UTF-8 has no half surrogate pairs; JSON text that escapes one is let in, so it must get out too. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().forEach(c -> repaired.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return repaired.toString();
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
