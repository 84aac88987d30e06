package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.AuditConfig;
import dev.portcullis.gateway.runtime.config.OpenedFile;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import dev.portcullis.gateway.runtime.zoo.LogBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRetentionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path folder;

    private AuditOutput output(long most, Optional<Duration> age, long bytes) throws IOException {
        AuditConfig config = new AuditConfig(
                true,
                Optional.empty(),
                most,
                false,
                AuditConfig.Durability.BATCH,
                new AuditConfig.Retention(age, bytes));
        return new AuditOutput(file(), config, OpenedFile::append, InstantSource.fixed(NOW));
    }

    private Path file() {
        return folder.resolve("audit.jsonl");
    }

    private static JsonBytes line(String id, String time) {
        return new JsonBytes(0, 128).raw("{\"time\":\"" + time + "\",\"invocation\":\"" + id + "\"}\n");
    }

    private List<Object> recorded(String field) {
        return new AuditReader(file())
                .last(99, entry -> true).reversed().stream()
                        .map(entry -> entry.get(field))
                        .toList();
    }

    @Test
    void archiveThatHasNoSpaceIsRemovedAndItSaysWhichAndHowManyRecordsItHad() throws Exception {
        try (AuditOutput out = output(2_000, Optional.empty(), 6_000);
                LogBook said = new LogBook()) {
            for (int i = 0; i < 200; i++) {
                out.write(line("id-" + i, "2026-02-01T00:00:00Z"), 1);
            }

            List<Map<String, Object>> gone =
                    new AuditReader(file()).last(99, entry -> "archive_removed".equals(entry.get("outcome")));

            assertTrue(out.removed() > 0);
            assertEquals(
                    out.removed(),
                    said.with("WARNING", "was removed", "retention.bytes").size());
            Object count = gone.getFirst().get("count");
            assertTrue(count instanceof Integer records && records > 10 && records < 40, count + " records");
            assertTrue(String.valueOf(gone.getFirst().get("reason")).contains(" " + count + " records"));
        }
    }

    @Test
    void allFilesTogetherStayWithinTheirSpace() throws Exception {
        try (AuditOutput out = output(2_000, Optional.empty(), 10_000)) {
            for (int i = 0; i < 1_000; i++) {
                out.write(line("id-" + i, "2026-02-01T00:00:00Z"), 1);
            }
        }

        long all = 0;
        try (var files = Files.list(folder)) {
            for (Path one : files.toList()) {
                all += Files.size(one);
            }
        }
        assertTrue(all > 5_000 && all <= 10_000, () -> folder + " has too much, or too little");
    }

    @Test
    void moreArchivesThanFiveAreKeptWhereThereIsSpaceForThem() throws Exception {
        try (AuditOutput out = output(130, Optional.empty(), 1_000_000)) {
            for (int i = 0; i < 60; i++) {
                out.write(line("id-" + i, "2026-02-01T00:00:00Z"), 1);
            }
        }

        assertEquals(60, recorded("invocation").size());
        assertEquals("id-0", recorded("invocation").getFirst());
    }

    @Test
    void archiveThatIsTooOldIsRemovedThoughNoRecordComes() throws Exception {
        Path old = Files.writeString(folder.resolve("audit.1.jsonl"), "{\"time\":\"2026-01-01T00:00:00Z\"}\n");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(31))));
        try (AuditOutput out = output(1_000, Optional.of(Duration.ofDays(30)), 1_000_000)) {
            out.keep();
        }

        assertFalse(Files.exists(old));
        assertEquals(List.of("archive_removed"), recorded("outcome"));
    }

    @Test
    void fileThatBeganLongAgoBecomesAnArchiveSoThatItCanGoInTime() throws Exception {
        Files.writeString(file(), "{\"time\":\"2026-02-01T00:00:00Z\",\"invocation\":\"old\"}\n");
        try (AuditOutput out = output(1_000_000, Optional.of(Duration.ofDays(300)), 9_000_000)) {
            out.write(line("new", "2026-03-01T00:00:00Z"), 1);
        }

        assertTrue(Files.readString(folder.resolve("audit.1.jsonl")).contains("old"));
        assertTrue(Files.readString(file()).contains("new"));
    }
}
