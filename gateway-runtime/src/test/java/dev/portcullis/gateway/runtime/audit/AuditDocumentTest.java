package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.Document;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/audit.md against what is written. */
class AuditDocumentTest {
    @Test
    void tableHasTheFieldsOfARecordInTheirOrder() {
        AuditRecord full = new AuditRecord(
                Instant.EPOCH,
                "A-1",
                "http",
                "192.0.2.1",
                "127.0.0.1",
                "trace",
                new AuditRecord.Caller("operator", "token", "failure"),
                new AuditRecord.Request("tool", "action", "session", "agent", "channel", "account", 1),
                new AuditRecord.Ruling("denied", "label", "reason", "change"),
                new AuditRecord.End("plugin", "1.0", "not_available", "policy", 404, 1_000, 1_000, 1),
                AuditRecord.Steps.NONE);
        JsonBytes line = new JsonBytes(0, 512);

        AuditLine.write(full, line);

        List<String> written = List.copyOf(AuditReader.parse(new String(line.toByteArray(), StandardCharsets.UTF_8))
                .orElseThrow()
                .keySet());
        assertEquals(
                Document.of("audit.md").table("## Fields").stream()
                        .map(row -> Document.code(row.get("field")).getFirst())
                        .toList(),
                written);
    }
}
