package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Stop;
import dev.portcullis.gateway.runtime.json.JsonReader;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The body of {@code POST /tools/invoke}: its fields, by the reference gateway's rules. */
final class InvocationBody {
    private InvocationBody() {}

    /** @throws Stop if it cannot be served */
    static InvocationRequest parse(byte[] body) {
        return parse(Body.of(body));
    }

    /** @throws Stop if it cannot be served */
    static InvocationRequest parse(Body body) {
        InvocationFields fields = new InvocationFields();
        try (JsonParser parser = open(body)) {
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
        return fields.request();
    }

    private static JsonParser open(Body body) {
        if (JsonReader.ascii(body.array(), body.from(), body.length())) {
            return JsonReader.openAscii(body.array(), body.from(), body.length());
        }
        // as the reference does: malformed bytes become U+FFFD, a byte order mark is white space
        String text = new String(body.array(), body.from(), body.length(), StandardCharsets.UTF_8);
        return JsonReader.open(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** Unknown fields are not even read. */
    private static void readFields(JsonParser parser, InvocationFields fields) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (InvocationFields.matters(name)) {
                fields.put(name, JsonReader.value(parser));
            } else {
                parser.skipChildren();
            }
        }
    }
}
