package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Stop;
import dev.portcullis.gateway.runtime.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * {@code POST /tools/invoke} without a connection: the same reading of the same bytes, and the same answers. For the test kit.
 */
public final class OfflineExchange {
    private OfflineExchange() {}

    /** An answer as a client would parse it. */
    public record Answer(int status, Map<String, Object> body) {}

    /**
     * A plain value as a client would send it.
     *
     * @throws IllegalArgumentException if it has no form in JSON
     */
    public static byte[] json(@Nullable Object value) {
        return JsonWriter.bytes(value);
    }

    /**
     * Reads a body.
     *
     * @throws Stop if it cannot be served
     */
    public static InvocationRequest read(byte[] body) {
        if (body.length > ToolsInvokeHandler.LARGEST_BODY) {
            throw new Stop(new Outcome.BodyTooLarge());
        }
        return InvocationBody.parse(body);
    }

    public static Answer answer(Outcome outcome) {
        HttpAnswer answer = Answers.of(outcome);
        try (JsonParser parser = JsonReader.open(new String(answer.body(), StandardCharsets.UTF_8))) {
            parser.nextToken();
            return new Answer(answer.status(), JsonReader.object(parser, 1));
        }
    }
}
