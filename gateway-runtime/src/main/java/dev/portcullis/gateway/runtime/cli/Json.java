package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.json.Unprintable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON text and plain values. What is written shows on any terminal as it is. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final ObjectWriter PRETTY = MAPPER.writer()
            .with(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /** A value that was parsed; JSON's own {@code null} is one. */
    record Parsed(@Nullable Object value) {}

    static Optional<Parsed> parse(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(new Parsed(MAPPER.readValue(text, Object.class)));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    static String line(@Nullable Object value) {
        return Unprintable.escaped(MAPPER.writeValueAsString(value));
    }

    static String pretty(@Nullable Object value) {
        return Unprintable.escaped(PRETTY.writeValueAsString(value));
    }
}
