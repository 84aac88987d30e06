package dev.portcullis.gateway.runtime.operate.security;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.Document;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The catalogue in docs/security-audit.md is that of the checks. */
class CatalogueDocumentTest {
    private static final Map<String, String> OF_NO_CHECK =
            Map.of(SecurityAudit.INCOMPLETE, "warn", SecurityAudit.SUPPRESSIONS, "info");

    @Test
    void everyCheckIsInTheCatalogueWithItsSeverities() throws IOException {
        Map<String, Set<String>> checks = new TreeMap<>();
        Checks.all().forEach(check -> checks.put(check.id(), new TreeSet<>()));
        OF_NO_CHECK.forEach((id, severity) -> checks.put(id, Set.of(severity)));
        for (var row : ChecksTest.cases()) {
            String severity = row.get()[1].toString();
            if (!severity.equals("none")) {
                Checks.all().stream()
                        .filter(check -> ChecksTest.is(check, row.get()[0].toString()))
                        .forEach(check -> checks.get(check.id()).add(severity));
            }
        }

        Map<String, Set<String>> catalogue = new TreeMap<>();
        rows().forEach(row -> catalogue.put(
                Document.code(row.get("check")).getFirst(),
                Set.of(row.get("severity").split(", "))));

        assertEquals(checks, catalogue);
    }

    @Test
    void everyRowSaysWhatItIsAboutAndWhatToDo() {
        assertAll(rows().stream()
                .map(row -> () -> assertEquals(
                        List.of(),
                        row.entrySet().stream()
                                .filter(cell -> cell.getValue().isBlank())
                                .toList(),
                        row.get("check"))));
    }

    @Test
    void rowsAreInOrder() {
        List<String> ids = rows().stream()
                .map(row -> Document.code(row.get("check")).getFirst())
                .toList();

        assertEquals(ids.stream().sorted().toList(), ids);
    }

    private static List<Map<String, String>> rows() {
        return Document.of("security-audit.md").table("## Catalogue");
    }
}
