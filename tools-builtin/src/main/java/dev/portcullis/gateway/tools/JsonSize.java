package dev.portcullis.gateway.tools;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many bytes a plain value takes as compact JSON in UTF-8. */
final class JsonSize {
    private JsonSize() {}

    static int of(@Nullable Object value) {
        return switch (value) {
            case null -> 4;
            case String text -> text(text);
            case List<?> list -> list.stream().mapToInt(JsonSize::of).sum() + brackets(list.size());
            case Map<?, ?> map ->
                map.entrySet().stream()
                                .mapToInt(entry -> text(String.valueOf(entry.getKey())) + 1 + of(entry.getValue()))
                                .sum()
                        + brackets(map.size());
            default -> String.valueOf(value).length();
        };
    }

    private static int brackets(int entries) {
        return 2 + Math.max(0, entries - 1);
    }

    private static int text(String text) {
        int size = 2 + text.getBytes(StandardCharsets.UTF_8).length;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f') {
                size++;
            } else if (c < ' ') {
                size += 5;
            }
        }
        return size;
    }
}
