package dev.portcullis.gateway.runtime.operate.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.Document;
import org.junit.jupiter.api.Test;

/** {@code docs/doctor.md} names the checks there are, in their order. */
class DoctorDocumentTest {
    @Test
    void documentNamesEveryCheck() {
        assertEquals(
                new Doctor().ids(),
                Document.of("doctor.md").table("## Checks").stream()
                        .map(row -> row.get("check").replace("`", ""))
                        .toList());
    }
}
