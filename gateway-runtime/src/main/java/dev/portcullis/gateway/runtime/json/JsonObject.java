package dev.portcullis.gateway.runtime.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A small JSON object as plain values, strictly: for the plugin room, which reads what plugins state about themselves. */
public final class JsonObject {
    private JsonObject() {}

    /** Knows all of JSON, and takes its time to load. */
    private static final class Library {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** An object that the library would read the same: flat, of ASCII, and no name twice. */
    private static final class Flat implements PlainJsonReader.Fields {
        final Map<String, Object> fields = new LinkedHashMap<>();
        boolean sure = true;

        @Override
        public @Nullable String known(byte[] text, int at) {
            return null;
        }

        @Override
        // plain values may be null inside maps
        @SuppressWarnings("NullAway")
        public void put(String name, @Nullable Object value) {
            sure &= !fields.containsKey(name) && !(value instanceof Map) && !(value instanceof List);
            fields.put(name, value);
        }
    }

    /** Empty if the bytes are no JSON object. */
    @SuppressWarnings("unchecked") // names of a JSON object are texts
    public static Optional<Map<String, Object>> parse(byte[] bytes) {
        Flat flat = new Flat();
        if (ascii(bytes) && PlainJsonReader.read(bytes, flat) && flat.sure) {
            return Optional.of(flat.fields);
        }
        try {
            return Library.MAPPER.readValue(bytes, Object.class) instanceof Map<?, ?> object
                    ? Optional.of((Map<String, Object>) object)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean ascii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
