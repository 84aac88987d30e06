package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Stop;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The body of {@code POST /tools/invoke}: its fields, by the reference gateway's rules. Unknown fields are not even read. */
final class InvocationBody {
    private InvocationBody() {}

    /** @throws Stop if it cannot be served */
    static InvocationRequest parse(byte[] body) {
        // as the reference does: malformed bytes become U+FFFD, a byte order mark is white space
        String text = new String(body, StandardCharsets.UTF_8);
        Map<String, @Nullable Object> fields = new HashMap<>();
        try (JsonParser parser = JsonReader.open(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                readFields(parser, fields);
            } else if (first != null) {
                parser.skipChildren();
            }
            if (first != null && parser.nextToken() != null) {
                throw new Stop(new Outcome.BodyMalformed("Malformed JSON: something follows the value"));
            }
        } catch (JacksonException broken) {
            throw new Stop(new Outcome.BodyMalformed(
                    String.valueOf(JsonReader.malformed(broken).getMessage())));
        } catch (JsonReader.Malformed malformed) {
            throw new Stop(new Outcome.BodyMalformed(String.valueOf(malformed.getMessage())));
        }
        return request(fields);
    }

    private static void readFields(JsonParser parser, Map<String, @Nullable Object> fields) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "name", "tool", "action", "args", "sessionKey", "agentId" ->
                    fields.put(name, JsonReader.value(parser));
                default -> parser.skipChildren();
            }
        }
    }

    private static InvocationRequest request(Map<String, @Nullable Object> fields) {
        Object name = fields.get("name") != null ? fields.get("name") : fields.get("tool");
        if (!(name instanceof String tool) || tool.isBlank()) {
            throw new Stop(new Outcome.InvalidRequest("tools.invoke requires name"));
        }
        return new InvocationRequest(
                tool.strip(),
                text(fields.get("action")).map(String::strip),
                arguments(fields.get("args")),
                text(fields.get("sessionKey")),
                text(fields.get("agentId")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> arguments(@Nullable Object args) {
        return switch (args) {
            case null -> Map.of();
            case Map<?, ?> map -> (Map<String, Object>) map;
            default -> throw new Stop(new Outcome.InvalidRequest("args must be an object"));
        };
    }

    /** A field that is no text, or a blank one, counts as absent. */
    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
