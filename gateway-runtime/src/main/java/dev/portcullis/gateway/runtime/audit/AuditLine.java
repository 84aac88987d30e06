package dev.portcullis.gateway.runtime.audit;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Records as lines of JSON. */
final class AuditLine {
    private static final JsonFactory JSON =
            JsonFactory.builder().rootValueSeparator("\n").build();

    /** Names of tools and sessions come from the caller: as long as they like. */
    private static final int LONGEST = 256;

    private AuditLine() {}

    /** One generator for all: making one costs more than what it writes here. */
    static void write(List<AuditRecord> entries, ByteArrayOutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            entries.forEach(entry -> write(entry, json));
        }
        out.write('\n');
    }

    private static void write(AuditRecord entry, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("time", entry.time().toString());
        json.writeStringProperty("invocation", entry.invocation());
        json.writeStringProperty("surface", entry.surface());
        json.writeStringProperty("client", entry.client());
        json.writeStringProperty("peer", entry.peer());
        optional(json, "principal", entry.principal());
        optional(json, "method", entry.method());
        optional(json, "authFailure", entry.authFailure());
        optional(json, "tool", entry.tool());
        optional(json, "plugin", entry.plugin());
        optional(json, "session", entry.session());
        optional(json, "decision", entry.decision());
        optional(json, "label", entry.label());
        json.writeStringProperty("outcome", entry.outcome());
        json.writeNumberProperty("status", entry.status());
        json.writeNumberProperty("durationMs", Math.round(entry.duration().toNanos() / 1e3) / 1e3);
        json.writeEndObject();
    }

    /** Half a surrogate pair, sent or cut, has no UTF-8: it must not cost the record. */
    private static String wellFormed(String text) {
        int at = 0;
        while (at < text.length() && !Character.isSurrogate(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().forEach(c -> repaired.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return repaired.toString();
    }

    private static void optional(JsonGenerator json, String name, Optional<String> value) {
        if (value.isPresent()) {
            String text = value.get();
            json.writeStringProperty(
                    name, wellFormed(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…"));
        }
    }
}
