package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.GatewayServices.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages of a transcript, as results show them. */
final class Messages {
    /** Longer texts are cut. */
    static final int MAX_TEXT = 4000;

    private static final String CUT = "\n…(truncated)…";

    private Messages() {}

    static Map<String, Object> row(Message message) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("role", message.role());
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "text");
        block.put("text", cut(message.text(), MAX_TEXT));
        row.put("content", List.of(block));
        row.put("timestamp", message.at().toEpochMilli());
        return row;
    }

    static boolean tooLong(Message message) {
        return message.text().length() > MAX_TEXT;
    }

    /** Whether a tool said it, and neither a person nor an agent. */
    static boolean ofTool(Message message) {
        return message.role().startsWith("tool");
    }

    static String preview(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 120 ? line : end(line, 119) + "…";
    }

    static String cut(String text, int length) {
        return text.length() <= length ? text : end(text, length) + CUT;
    }

    private static String end(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
