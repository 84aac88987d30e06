package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.api.tool.ToolResult;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A result as the body of a 200: {@code {"ok":true,"result":{"content":[…],"details":…}}}. */
public final class ResultBody {
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

    /** The same as plain values, without the envelope: for answers that are part of something larger. */
    public static Map<String, @Nullable Object> values(ToolResult result) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (!result.isNone()) {
            List<Map<String, @Nullable Object>> content =
                    result.content().stream().map(ResultBody::values).toList();
            values.put("content", content);
            if (result.hasDetails()) {
                values.put("details", result.details());
            }
        }
        return values;
    }

    private static Map<String, @Nullable Object> values(ToolResult.Content part) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        switch (part.kind()) {
            case TEXT -> {
                values.put("type", "text");
                values.put("text", String.valueOf(part.value()));
            }
            case JSON -> {
                values.put("type", "text");
                values.put("text", JsonWriter.pretty(part.value()));
            }
            case IMAGE -> {
                values.put("type", "image");
                values.put("data", String.valueOf(part.value()));
                values.put("mimeType", part.mediaType());
            }
        }
        return values;
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
