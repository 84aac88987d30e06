package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.api.tool.ToolResult;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;

/** A result as the body of a 200: {@code {"ok":true,"result":{"content":[…],"details":…}}}. */
final class ResultBody {
    private ResultBody() {}

    static byte[] of(ToolResult result) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JsonWriter.open(out)) {
            json.writeStartObject();
            json.writeBooleanProperty("ok", true);
            if (!result.isNone()) {
                json.writeName("result");
                json.writeStartObject();
                json.writeName("content");
                json.writeStartArray();
                result.content().forEach(part -> content(json, part));
                json.writeEndArray();
                if (result.hasDetails()) {
                    json.writeName("details");
                    JsonWriter.write(json, result.details());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void content(JsonGenerator json, ToolResult.Content part) {
        json.writeStartObject();
        switch (part.kind()) {
            case TEXT -> {
                json.writeStringProperty("type", "text");
                json.writeStringProperty("text", JsonWriter.wellFormed(String.valueOf(part.value())));
            }
            case JSON -> {
                json.writeStringProperty("type", "text");
                json.writeStringProperty("text", JsonWriter.pretty(part.value()));
            }
            case IMAGE -> {
                json.writeStringProperty("type", "image");
                json.writeStringProperty("data", JsonWriter.wellFormed(String.valueOf(part.value())));
                json.writeStringProperty("mimeType", JsonWriter.wellFormed(part.mediaType()));
            }
        }
        json.writeEndObject();
    }
}
