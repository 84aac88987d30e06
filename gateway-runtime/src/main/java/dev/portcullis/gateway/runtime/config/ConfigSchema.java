package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON Schema of the configuration: for editors. What decides is the reader, and a test holds the two together. */
public final class ConfigSchema {
    private ConfigSchema() {}

    /** JSON text. */
    public static String text() {
        try (var in = Objects.requireNonNull(ConfigSchema.class.getResourceAsStream("portcullis.schema.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
