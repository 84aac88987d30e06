package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result as the body of a 200: {@code {"ok":true,"result":{"content":[…],"details":…}}}. */
public final class ResultBody {
    /** What is around the result, and what is free at the end of it. */
    private static final int AROUND = 96;

    private static final int LARGEST_LEAP = 1 << 20;

    private ResultBody() {}

    /** @param size of the result, about */
    static JsonBytes of(ToolResult result, long size) {
        JsonBytes json = new JsonBytes(HttpAnswer.ROOM, AROUND + (int) Math.min(size, LARGEST_LEAP));
        if (result.isNone()) {
            return json.raw("{\"ok\":true}");
        }
        json.raw("{\"ok\":true,\"result\":{\"content\":[");
        boolean first = true;
        for (ToolResult.Content part : result.content()) {
            if (!first) {
                json.raw(",");
            }
            first = false;
            content(json, part);
        }
        json.raw("]");
        if (result.hasDetails()) {
            json.raw(",\"details\":").value(result.details());
        }
        return json.raw("}}");
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

    private static void content(JsonBytes json, ToolResult.Content part) {
        switch (part.kind()) {
            case TEXT -> json.raw("{\"type\":\"text\",\"text\":").string(String.valueOf(part.value()));
            case JSON -> json.raw("{\"type\":\"text\",\"text\":").prettyString(part.value());
            case IMAGE ->
                json.raw("{\"type\":\"image\",\"data\":")
                        .string(String.valueOf(part.value()))
                        .raw(",\"mimeType\":")
                        .string(part.mediaType());
        }
        json.raw("}");
    }
}
