package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Plain values to JSON text: on one line, or indented by two as {@code JSON.stringify(value, null, 2)} does. */
final class JsonWriter {
    private JsonWriter() {}

    static byte[] bytes(@Nullable Object value) {
        return new JsonBytes(0, 256).value(value).toByteArray();
    }

    static String pretty(@Nullable Object value) {
        return new String(new JsonBytes(0, 256).pretty(value).toByteArray(), StandardCharsets.UTF_8);
    }
}
