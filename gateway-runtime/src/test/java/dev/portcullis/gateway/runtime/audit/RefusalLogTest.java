package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.AuditConfig;
import dev.portcullis.gateway.runtime.zoo.LogBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RefusalLogTest {
    private static final long SMALLEST = 64 * 1024;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("audit.jsonl");
    }

    private RefusalLog open() {
        return open(SMALLEST);
    }

    private RefusalLog open(long most) {
        return RefusalLog.open(file(), new AuditConfig(true, Optional.of(file()), most));
    }

    private static AuditRecord refused(String id, String client, String reason) {
        return AuditRecord.notAdmitted(
                id,
                "operator",
                client,
                "127.0.0.1",
                reason,
                reason.equals("rate_limited") ? reason : "unauthorized",
                401);
    }

    private List<Map<String, Object>> records() {
        return new AuditReader(file()).last(100_000, entry -> true).reversed();
    }

    private long bytes() throws IOException {
        long all = 0;
        try (var files = Files.list(folder)) {
            for (Path one : files.toList()) {
                all += Files.size(one);
            }
        }
        return all;
    }

    @Test
    void strangersDisplaceNoRecordOfACall() throws Exception {
        try (RefusalLog log = open()) {
            log.append(FileAuditLogTest.record("probe"));
            for (int i = 0; i < 200_000; i++) {
                log.append(refused("R-" + i, "203.0.113." + i % 250, i % 10 == 0 ? "token_mismatch" : "rate_limited"));
            }
        }

        assertTrue(Files.readString(file()).contains("\"probe\""));
        assertTrue(bytes() < 12 * SMALLEST, () -> "there is too much in " + folder);
    }

    @Test
    void furtherRefusalsOfAMinuteAreOneRecordWithTheirNumber() {
        try (RefusalLog log = open()) {
            for (int i = 0; i < 3_000; i++) {
                log.append(refused("R-" + i, "203.0.113.1", i < 10 ? "token_mismatch" : "rate_limited"));
            }
        }

        List<Map<String, Object>> counted =
                records().stream().filter(entry -> entry.containsKey("count")).toList();
        assertEquals(2 * Refusals.SINGLY + 2, records().size());
        assertEquals(
                List.of(5, 2_985),
                counted.stream().map(entry -> entry.get("count")).toList());
        assertEquals(
                List.of("token_mismatch", "rate_limited"),
                counted.stream().map(entry -> entry.get("authFailure")).toList());
        assertEquals("203.0.113.1", counted.getFirst().get("client"));
    }

    @Test
    void addressesOfOneIpv6NetworkAreCountedTogether() {
        try (RefusalLog log = open()) {
            for (int i = 0; i < 100; i++) {
                log.append(refused("R-" + i, "2001:db8:1:2::" + Integer.toHexString(i + 1), "token_mismatch"));
            }
        }

        Map<String, Object> counted = records().getLast();
        assertEquals("2001:db8:1:2::/64", counted.get("client"));
        assertEquals(100 - Refusals.SINGLY, counted.get("count"));
    }

    @Test
    void clientsBeyondThoseThatAreToldApartAreCountedTogether() {
        int clients = 20_000;
        try (RefusalLog log = open(AuditConfig.LARGEST_FILE)) {
            for (int i = 0; i < clients; i++) {
                log.append(refused("R-" + i, "10.0." + i / 250 + "." + i % 250, "token_mismatch"));
            }
        }

        long all = records().stream()
                .mapToLong(entry -> entry.get("count") instanceof Integer count ? count : 1)
                .sum();
        assertEquals(clients, all);
        assertTrue(records().stream().anyMatch(entry -> Refusals.OTHERS.equals(entry.get("client"))));
        assertTrue(records().size() <= Refusals.ALL_SINGLY + Refusals.COUNTED + 1);
    }

    @Test
    void nextMinuteBeginsAnew() {
        AtomicLong now = new AtomicLong();
        Refusals refusals = new Refusals(now::get);
        for (int i = 0; i < Refusals.SINGLY + 1; i++) {
            refusals.single(refused("R-" + i, "203.0.113.1", "token_mismatch"));
        }
        now.addAndGet(Refusals.WINDOW.toNanos());

        boolean over = refusals.isOver();
        refusals.take();

        assertTrue(over);
        assertTrue(refusals.single(refused("R-9", "203.0.113.1", "token_mismatch")));
    }

    @Test
    void logSaysTheFirstFewAndThenHowMany() {
        try (LogBook said = new LogBook()) {
            try (RefusalLog log = open()) {
                for (int i = 0; i < 5_000; i++) {
                    log.append(refused("R-" + i, "203.0.113." + i % 100, "token_mismatch"));
                }
            }

            assertEquals(
                    RefusalLog.SAID, said.with("not admitted: token_mismatch").size());
            assertEquals(
                    1,
                    said.with((5_000 - RefusalLog.SAID) + " more requests were not admitted", " token_mismatch, most")
                            .size());
        }
    }

    @Test
    void fileWithoutAnotherOneBesideItTakesTheRefusalsToo() throws Exception {
        Files.createDirectory(folder.resolve("audit-refused.jsonl"));
        try (RefusalLog log = open()) {
            log.append(refused("R-1", "203.0.113.1", "token_mismatch"));
        }

        assertTrue(Files.readString(file()).contains("R-1"));
    }
}
