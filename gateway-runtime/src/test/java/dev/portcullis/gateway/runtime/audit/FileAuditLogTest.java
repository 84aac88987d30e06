package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class FileAuditLogTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private static AuditRecord record(String tool) {
        return new AuditRecord(
                Instant.parse("2026-01-02T03:04:05Z"),
                "A-1",
                "http",
                "192.0.2.1",
                "127.0.0.1",
                Optional.of("operator"),
                Optional.of("token"),
                Optional.empty(),
                Optional.of(tool),
                Optional.empty(),
                Optional.of("agent:main:main"),
                Optional.of("denied"),
                Optional.of("tools.deny"),
                "not_available",
                404,
                Duration.ofNanos(1_234_567));
    }

    @Test
    void recordThatCannotBeWrittenIsNotTheEndOfTheLog() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        AuditRecord broken = mock(AuditRecord.class, call -> {
            throw new StackOverflowError();
        });
        try (FileAuditLog log = FileAuditLog.open(file)) {
            log.append(broken);
            while (Files.size(file) == 0) {
                log.append(record("after"));
                Thread.sleep(20);
            }
        }

        assertTrue(Files.readString(file).contains("\"after\""));
    }

    private List<String> written(AuditRecord... entries) throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (FileAuditLog log = FileAuditLog.open(file)) {
            for (AuditRecord entry : entries) {
                log.append(entry);
            }
        }
        return Files.readAllLines(file);
    }

    @Test
    void recordIsOneLineOfJson() throws Exception {
        List<String> lines = written(record("probe"));

        assertEquals(
                List.of(
                        "{\"time\":\"2026-01-02T03:04:05Z\",\"invocation\":\"A-1\",\"surface\":\"http\",\"client\":\"192.0.2.1\","
                                + "\"peer\":\"127.0.0.1\",\"principal\":\"operator\",\"method\":\"token\",\"tool\":\"probe\","
                                + "\"session\":\"agent:main:main\",\"decision\":\"denied\",\"label\":\"tools.deny\","
                                + "\"outcome\":\"not_available\",\"status\":404,\"durationMs\":1.235}"),
                lines);
    }

    @Test
    void nameOfAToolCannotForgeOrLoseARecord() throws Exception {
        List<String> lines = written(
                record("a\n{\"outcome\":\"completed\"}"),
                record("\uD800"),
                record("x".repeat(255) + "\uD83D\uDE00"),
                record("y".repeat(100_000)),
                record("last"));

        assertEquals(5, lines.size());
        for (String line : lines) {
            JsonNode node = JSON.readTree(line);
            assertEquals("not_available", node.get("outcome").stringValue());
            assertTrue(line.length() < 1_000);
        }
        assertEquals("\uFFFD", JSON.readTree(lines.get(1)).get("tool").stringValue());
    }

    @Test
    void noRecordOfManyThreadsIsLost() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        int each = 3_000;
        try (FileAuditLog log = FileAuditLog.open(file)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int n = 0; n < each; n++) {
                        log.append(record("probe"));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertEquals(8 * each, Files.readAllLines(file).size());
    }

    @Test
    void interruptedInvocationIsRecordedAndStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        Path file = folder.resolve("audit.jsonl");
        FileAuditLog log = FileAuditLog.open(file);

        log.append(record("probe"));
        boolean interrupted = Thread.interrupted();
        log.close();

        assertTrue(interrupted);
        assertEquals(1, Files.readAllLines(file).size());
    }

    @Test
    void fileIsItsOwnersAloneAndIsContinued() throws Exception {
        written(record("first"));
        List<String> lines = written(record("second"));

        assertEquals(2, lines.size());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("audit.jsonl"))));
    }

    @Test
    void fileThatCannotBeWrittenIsSaidAtOnce() {
        UncheckedIOException refused = assertThrows(
                UncheckedIOException.class, () -> FileAuditLog.open(folder.resolve("no/such/folder.jsonl")));

        assertTrue(String.valueOf(refused.getMessage()).contains("folder.jsonl"));
        assertFalse(Files.exists(folder.resolve("no")));
    }

    @Test
    void recordIsWrittenWithoutWaitingForTheNextOne() throws Exception {
        try (FileAuditLog log = FileAuditLog.open(folder.resolve("audit.jsonl"))) {
            log.append(record("alone"));

            assertTrue(lineWithinReason().contains("alone"));
        }
    }

    @Test
    void recordAfterALongSilenceIsWritten() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (FileAuditLog log = FileAuditLog.open(file)) {
            log.append(record("first"));
            Thread.sleep(600);
            Files.writeString(file, "");

            log.append(record("second"));

            assertTrue(lineWithinReason().contains("second"));
        }
    }

    private String lineWithinReason() throws Exception {
        while (true) {
            List<String> lines = Files.readAllLines(folder.resolve("audit.jsonl"));
            if (!lines.isEmpty()) {
                return lines.getFirst();
            }
            Thread.sleep(5);
        }
    }
}
