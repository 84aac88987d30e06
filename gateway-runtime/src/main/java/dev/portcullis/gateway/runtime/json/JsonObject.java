package dev.portcullis.gateway.runtime.json;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A small JSON object as plain values, strictly: for the plugin room, which reads what plugins state about themselves. */
public final class JsonObject {
    private JsonObject() {}

    /** Empty if the bytes are no JSON object. */
    public static Optional<Map<String, Object>> parse(byte[] bytes) {
        try (JsonParser parser = JsonReader.openStrict(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> object = JsonReader.object(parser, 1);
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (JacksonException | JsonReader.Malformed none) {
            return Optional.empty();
        }
    }
}
