package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import dev.portcullis.gateway.runtime.config.AuditConfig;
import dev.portcullis.gateway.runtime.config.OpenedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class FileAuditLogTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    static AuditRecord record(String tool) {
        return new AuditRecord(
                Instant.parse("2026-01-02T03:04:05Z"),
                "A-1",
                "http",
                "192.0.2.1",
                "127.0.0.1",
                null,
                new AuditRecord.Caller("operator", "token", null),
                new AuditRecord.Request(tool, null, "agent:main:main", "main", null, null, 17),
                new AuditRecord.Ruling("denied", "tools.deny", "It is denied.", "remove it"),
                new AuditRecord.End(null, null, "not_available", "policy", 404, 1_234_567, 0, 0),
                AuditRecord.Steps.NONE);
    }

    @Test
    void recordThatCannotBeWrittenStopsToolsForNoLongerThanTheDiskDoes() throws Exception {
        AuditRecord broken = mock(AuditRecord.class, call -> {
            throw new StackOverflowError();
        });
        AuditConfig required = new AuditConfig(
                true,
                Optional.empty(),
                AuditConfig.LARGEST_FILE,
                true,
                AuditConfig.Durability.OS,
                new AuditConfig.Retention(Optional.empty(), 10 * AuditConfig.LARGEST_FILE));
        try (FileAuditLog log = FileAuditLog.open(folder.resolve("audit.jsonl"), required)) {
            while (!resting()) {
                Thread.sleep(1);
            }

            log.append(broken);

            while (!log.begin(record("weather"))) {
                Thread.sleep(1);
            }
        }
    }

    /** Whether every writer waits for the next record. */
    private static boolean resting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("audit"))
                .allMatch(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("rest")));
    }

    @Test
    void recordThatCannotBeWrittenIsNotTheEndOfTheLog() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        AuditRecord broken = mock(AuditRecord.class, call -> {
            throw new StackOverflowError();
        });
        try (FileAuditLog log = FileAuditLog.open(file, Long.MAX_VALUE)) {
            log.append(broken);
            while (Files.size(file) == 0) {
                log.append(record("after"));
                Thread.sleep(20);
            }
        }

        assertTrue(Files.readString(file).contains("\"after\""));
    }

    @Test
    void nameThatACallerMadeUpSteersNoTerminalThatShowsTheFile() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (FileAuditLog log = FileAuditLog.open(file, Long.MAX_VALUE)) {
            log.append(record("a\u009b31m\u202e\u2028\u007fb"));
        }

        String line = Files.readString(file);
        assertTrue(line.contains("\"tool\":\"a\\u009B31m\\u202E\\u2028\\u007Fb\""), line);
        assertEquals(
                "a\u009b31m\u202e\u2028\u007fb", JSON.readTree(line).get("tool").stringValue());
    }

    @Test
    void recordThatFailsInTheMiddleLeavesNoHalfLine() throws Exception {
        AuditRecord good = record("good");
        AuditRecord.End broken = mock(AuditRecord.End.class, call -> {
            throw new IllegalStateException("broken");
        });

        List<String> lines = written(
                good,
                new AuditRecord(
                        good.time(),
                        "A-2",
                        "http",
                        "192.0.2.1",
                        "127.0.0.1",
                        null,
                        good.caller(),
                        good.request(),
                        good.ruling(),
                        broken,
                        AuditRecord.Steps.NONE),
                good);

        assertEquals(2, lines.size());
        assertEquals(lines.getFirst(), lines.getLast());
    }

    @Test
    void halfALineThatAKillLeftTakesNoOtherWithIt() throws Exception {
        Path file = Files.writeString(folder.resolve("audit.jsonl"), "{\"tool\":\"half");

        List<String> lines = written(record("whole"));

        assertEquals(2, lines.size());
        assertEquals(
                "whole", new AuditReader(file).last(1, entry -> true).getFirst().get("tool"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void recordsThatAFullDiskDoesNotTakeAreCountedAndTheLogGoesOn() {
        FileAuditLog log = FileAuditLog.open(Path.of("/dev/full"), Long.MAX_VALUE);

        for (int i = 0; i < 5; i++) {
            log.append(record("probe"));
        }
        log.close();

        assertEquals(5, log.backlog().lost());
    }

    @Test
    void recordThatComesAfterTheEndIsLostAndKeepsNobody() {
        FileAuditLog log = FileAuditLog.open(folder.resolve("audit.jsonl"), Long.MAX_VALUE);
        log.close();

        log.append(record("late"));

        assertEquals(1, log.backlog().lost());
    }

    private List<String> written(AuditRecord... entries) throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (FileAuditLog log = FileAuditLog.open(file, Long.MAX_VALUE)) {
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
                                + "\"session\":\"agent:main:main\",\"agent\":\"main\",\"requestBytes\":17,"
                                + "\"decision\":\"denied\",\"label\":\"tools.deny\",\"reason\":\"It is denied.\",\"change\":\"remove it\","
                                + "\"outcome\":\"not_available\",\"category\":\"policy\",\"status\":404,\"durationMs\":1.235}"),
                lines);
    }

    @Test
    void nameOfAToolCannotForgeOrLoseARecord() throws Exception {
        List<String> lines = written(
                record("a\n{\"outcome\":\"completed\"}"),
                record("\uD800"),
                record("x".repeat(1_023) + "\uD83D\uDE00"),
                record("y".repeat(100_000)),
                record("last"));

        assertEquals(5, lines.size());
        for (String line : lines) {
            JsonNode node = JSON.readTree(line);
            assertEquals("not_available", node.get("outcome").stringValue());
            assertTrue(line.length() < 2_000);
        }
        assertEquals("\uFFFD", JSON.readTree(lines.get(1)).get("tool").stringValue());
    }

    @Test
    void noRecordOfManyThreadsIsLost() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        int each = 3_000;
        try (FileAuditLog log = FileAuditLog.open(file, Long.MAX_VALUE)) {
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
    void fileThatOthersMoveAwayIsOpenedAnewAndNothingIsLost() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        Path moved = folder.resolve("audit-20261121.jsonl");
        int sent = 1;
        try (FileAuditLog log = FileAuditLog.open(file, Long.MAX_VALUE)) {
            log.append(record("before"));
            Files.move(file, moved);
            for (; sent < 600 && Files.notExists(file); sent++) {
                log.append(record("after"));
                Thread.sleep(50);
            }
        }

        List<String> lines = new ArrayList<>(Files.readAllLines(moved));
        assertTrue(Files.size(file) > 0);
        lines.addAll(Files.readAllLines(file));
        assertEquals(sent, lines.size());
    }

    @Test
    void interruptedInvocationIsRecordedAndStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        Path file = folder.resolve("audit.jsonl");
        FileAuditLog log = FileAuditLog.open(file, Long.MAX_VALUE);

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
                UncheckedIOException.class,
                () -> FileAuditLog.open(folder.resolve("no/such/folder.jsonl"), Long.MAX_VALUE));

        assertTrue(String.valueOf(refused.getMessage()).contains("folder.jsonl"));
        assertFalse(Files.exists(folder.resolve("no")));
    }

    @Test
    void recordIsWrittenWithoutWaitingForTheNextOne() throws Exception {
        try (FileAuditLog log = FileAuditLog.open(folder.resolve("audit.jsonl"), Long.MAX_VALUE)) {
            log.append(record("alone"));

            assertTrue(lineWithinReason(folder).contains("alone"));
        }
    }

    @Test
    void recordAfterALongSilenceIsWritten() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (FileAuditLog log = FileAuditLog.open(file, Long.MAX_VALUE)) {
            log.append(record("first"));
            Thread.sleep(600);
            Files.writeString(file, "");

            log.append(record("second"));

            assertTrue(lineWithinReason(folder).contains("second"));
        }
    }

    static String lineWithinReason(Path folder) throws Exception {
        while (true) {
            List<String> lines = Files.readAllLines(folder.resolve("audit.jsonl"));
            if (!lines.isEmpty()) {
                return lines.getFirst();
            }
            Thread.sleep(5);
        }
    }

    @Test
    void fullFileBecomesAnArchiveAndNoRecordIsLost() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (FileAuditLog log = FileAuditLog.open(file, 2_000)) {
            for (int i = 0; i < 20; i++) {
                log.append(record("probe-" + i));
                // one batch a record, or all of them would be one
                AuditReader reader = new AuditReader(file);
                while (reader.last(1, entry -> true).isEmpty()
                        || !("probe-" + i)
                                .equals(reader.last(1, entry -> true).getFirst().get("tool"))) {
                    Thread.sleep(1);
                }
            }
        }

        List<Object> tools = new AuditReader(file)
                .last(100, entry -> true).stream()
                        .map(entry -> entry.get("tool"))
                        .toList();

        assertEquals("probe-19", tools.getFirst());
        assertEquals(20, tools.size());
        assertTrue(Files.exists(folder.resolve("audit.1.jsonl")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void fileOnADiskThatTakesNoArchiveIsWrittenOn() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        // a folder that is not empty cannot be replaced
        Files.createDirectories(folder.resolve("audit.5.jsonl/full"));
        Files.createFile(folder.resolve("audit.4.jsonl"));
        try (FileAuditLog log = FileAuditLog.open(file, 100)) {
            log.append(record("first"));
            Thread.sleep(50);
            log.append(record("second"));
        }

        assertEquals(2, Files.readAllLines(file).size());
    }

    /** A disk that takes so many bytes of what is written, and no more until it is told to. */
    private static final class SmallDisk implements OpenedFile.Opener {
        private volatile long left;

        private SmallDisk(long left) {
            this.left = left;
        }

        @Override
        public OutputStream open(Path file) throws IOException {
            OutputStream out = OpenedFile.append(file);
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    int taken = (int) Math.min(left, length);
                    out.write(bytes, from, taken);
                    left -= taken;
                    if (taken < length) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public void close() throws IOException {
                    out.close();
                }
            };
        }
    }

    private FileAuditLog on(SmallDisk disk, AuditConfig config) {
        return FileAuditLog.open(folder.resolve("audit.jsonl"), config, Duration.ofSeconds(10), disk);
    }

    private static AuditConfig config(boolean required, AuditConfig.Durability durability) {
        AuditConfig usual = new AuditConfig(true, Optional.empty(), Long.MAX_VALUE);
        return new AuditConfig(true, Optional.empty(), usual.maxFileBytes(), required, durability, usual.retention());
    }

    @Test
    void ofABatchThatIsHalfWrittenOnlyTheMissingRecordsAreLost() throws Exception {
        SmallDisk disk = new SmallDisk(2_000);
        int sent = 50;
        try (FileAuditLog log = on(disk, config(false, AuditConfig.Durability.BATCH))) {
            for (int i = 0; i < sent; i++) {
                log.append(record("probe"));
            }
            while (log.backlog().waiting() > 0) {
                Thread.sleep(5);
            }

            long there = Files.readAllLines(folder.resolve("audit.jsonl")).stream()
                    .filter(line -> line.endsWith("}"))
                    .count();

            assertTrue(there > 0);
            assertEquals(sent - there, log.backlog().lost());
            assertTrue(log.backlog().losing());
        }
    }

    @Test
    void diskThatHasSpaceAgainIsNoticedWithoutARecordAndTheGapIsWrittenDown() throws Exception {
        SmallDisk disk = new SmallDisk(0);
        try (FileAuditLog log = on(disk, config(true, AuditConfig.Durability.BATCH))) {
            boolean full = log.begin(record("probe"));
            disk.left = Long.MAX_VALUE;
            while (log.backlog().losing()) {
                Thread.sleep(5);
            }

            assertFalse(full);
            assertTrue(log.begin(record("after")));
            List<Map<String, Object>> records = new AuditReader(folder.resolve("audit.jsonl"))
                    .last(9, entry -> true)
                    .reversed();
            assertEquals(
                    List.of("records_lost", "not_available"),
                    records.stream().map(entry -> entry.get("outcome")).toList());
            assertEquals(1, records.getFirst().get("count"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OS", "DISK"})
    void recordIsInTheFileBeforeItsCallerIsAnswered(AuditConfig.Durability durability) throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (FileAuditLog log = FileAuditLog.open(file, config(false, durability))) {
            for (int i = 1; i <= 20; i++) {
                log.commit(record("probe"));

                assertEquals(i, Files.readAllLines(file).size());
            }
        }
    }

    @Test
    void folderThatIsReplacedByAFileTakesNoRecordThatIsRequired() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (FileAuditLog log =
                FileAuditLog.open(home.resolve("audit.jsonl"), config(true, AuditConfig.Durability.BATCH))) {
            boolean before = log.begin(record("before"));
            Path away = Files.move(home, folder.resolve("away"));
            Files.createFile(home);
            boolean meanwhile = log.begin(record("meanwhile"));
            Files.delete(home);
            Files.move(away, home);
            while (log.backlog().losing()) {
                Thread.sleep(5);
            }

            assertTrue(before);
            assertFalse(meanwhile);
            assertTrue(log.begin(record("after")));
        }
    }
}
