package dev.portcullis.gateway.runtime.config;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A small JSON object as plain values: for the plugin room, which reads what plugins state about themselves. */
public final class JsonObject {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonObject() {}

    /** Empty if the bytes are no JSON object. */
    @SuppressWarnings("unchecked") // names of a JSON object are texts
    public static Optional<Map<String, Object>> parse(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, Object.class) instanceof Map<?, ?> object
                    ? Optional.of((Map<String, Object>) object)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
