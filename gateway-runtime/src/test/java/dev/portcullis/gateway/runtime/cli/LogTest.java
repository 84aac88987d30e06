package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.LoggingConfig;
import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.ErrorManager;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
    private static final String FORGED =
            "x\n2026-11-21T04:05:06.789+00:00 INFO  [auth] all is well\r\u001b[2J\u2028y\u202e";

    @TempDir
    Path folder;

    @AfterEach
    void leave() {
        Correlation.enter(null);
    }

    @Test
    void lineOfAnotherOnesCannotBeForgedOnTheConsole() {
        String shown = new LogLine(false).format(record("tool \"" + FORGED + "\""));

        assertEquals(1, shown.lines().filter(line -> line.startsWith("2026")).count(), shown);
        assertFalse(shown.chars().anyMatch(c -> c == '\r' || c == 0x1b || c == 0x2028 || c == 0x202e), shown);
    }

    @Test
    void entryIsOneLineOfJson() {
        String line = new JsonLogLine().format(record("tool \"" + FORGED + "\""));

        assertEquals(1, line.lines().count());
        Map<?, ?> entry = (Map<?, ?>) Json.parse(line).orElseThrow().value();
        assertEquals("warn", entry.get("level"));
        assertEquals("policy", entry.get("room"));
        assertTrue(String.valueOf(entry.get("message")).startsWith("tool \"x\n2026"));
    }

    @Test
    void documentsOfCommandsSteerNoTerminal() {
        Map<String, String> document = Map.of("tool", "a\u009b31mb\u202ec\u2028");

        assertEquals("{\"tool\":\"a\\u009B31mb\\u202Ec\\u2028\"}", Json.line(document));
        assertEquals(document, Json.parse(Json.pretty(document)).orElseThrow().value());
        assertFalse(Json.pretty(document).contains("\u009b"));
    }

    @Test
    void entryNamesTheInvocationOfItsThread() {
        Correlation.enter(Correlation.of("ABC-1", List.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")));

        String json = new JsonLogLine().format(record("something"));
        String console = new LogLine(false).format(record("something"));

        assertTrue(json.contains("\"invocation\":\"ABC-1\",\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\""), json);
        assertTrue(console.endsWith("] something (ABC-1)\n"), console);
    }

    @Test
    void secretsAreTakenOutOfMessagesAndStackTraces() {
        LogRecord record = record("sent Authorization: Bearer CANARY-0123");
        record.setThrown(new IllegalStateException("password=CANARY-0123", new RuntimeException("sk-CANARY-0123")));

        for (String shown : List.of(
                new JsonLogLine().format(record),
                new LogLine(false).format(record),
                new LogLine(true).format(record))) {
            assertFalse(shown.contains("CANARY"), shown);
            assertTrue(shown.contains("LogTest.secretsAreTaken"), shown);
        }
    }

    @Test
    void fullFileIsPutAsideAndFiveAreKept() throws Exception {
        Path file = folder.resolve("logs/gateway.log");
        RotatingFile log = new RotatingFile(file, 500, new JsonLogLine());

        IntStream.range(0, 200).forEach(i -> log.publish(record("entry number " + i)));
        log.close();

        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(
                    List.of(
                            "gateway.log",
                            "gateway.log.1",
                            "gateway.log.2",
                            "gateway.log.3",
                            "gateway.log.4",
                            "gateway.log.5"),
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
        for (int i = 0; i < 6; i++) {
            Path part = i == 0 ? file : file.resolveSibling("gateway.log." + i);
            assertTrue(Files.size(part) <= 500);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(part)));
        }
        assertTrue(Files.readString(file).contains("entry number 199"));
        assertTrue(Files.readString(file.resolveSibling("gateway.log.1")).contains("entry number 19"));
    }

    @Test
    void fileThatCannotBePutAsideGrowsOn() throws Exception {
        Path file = folder.resolve("gateway.log");
        // a folder that is not empty cannot be replaced
        Files.createDirectories(folder.resolve("gateway.log.5/full"));
        Files.createFile(folder.resolve("gateway.log.4"));
        RotatingFile log = new RotatingFile(file, 500, new JsonLogLine());
        log.setErrorManager(new ErrorManager() {
            @Override
            public void error(@Nullable String message, @Nullable Exception fault, int code) {
                // it would be said on standard error
            }
        });

        IntStream.range(0, 20).forEach(i -> log.publish(record("entry number " + i)));
        log.close();

        assertEquals(20, Files.readAllLines(file).size());
    }

    @Test
    void fileThatIsThereIsGoneOnWith() throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.log"), "before\n");
        RotatingFile log = new RotatingFile(file, 100_000, new JsonLogLine());

        log.publish(record("after"));
        log.close();
        log.publish(record("too late"));

        List<String> lines = Files.readAllLines(file);
        assertEquals(2, lines.size());
        assertEquals("before", lines.getFirst());
    }

    @Test
    void fileThatOthersMoveAwayIsOpenedAnewWithinASecond() throws Exception {
        Path file = folder.resolve("gateway.log");
        Path moved = folder.resolve("gateway.log-20261121");
        RotatingFile log = new RotatingFile(file, 1_000_000, new JsonLogLine());
        log.publish(record("before"));

        Files.move(file, moved);
        for (int i = 0; i < 600 && Files.notExists(file); i++) {
            log.publish(record("after"));
            Thread.sleep(50);
        }
        log.close();

        assertTrue(Files.readString(moved).contains("before"));
        assertTrue(Files.readString(file).contains("after"));
        assertFalse(Files.readString(file).contains("before"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void whoSaysThatTheFileWasMovedIsHeardAtOnce() throws Exception {
        Path file = folder.resolve("gateway.log");
        LoggingSetup.forGateway(new LoggingConfig(
                System.Logger.Level.INFO,
                Optional.of(file),
                LoggingConfig.MAX_FILE_BYTES,
                new LoggingConfig.Console(System.Logger.Level.ERROR, LoggingConfig.Style.PRETTY),
                List.of(),
                Map.of()));
        try {
            Files.move(file, folder.resolve("moved"));
            LoggingSetup.reopen();

            System.getLogger("dev.portcullis.gateway.runtime.invoke.Some").log(System.Logger.Level.INFO, "after");

            assertTrue(Files.readString(file).contains("after"));
        } finally {
            LoggingSetup.forCommands();
        }
    }

    @Test
    void fileThatOthersEmptyGoesOnFromItsBeginning() throws Exception {
        Path file = folder.resolve("gateway.log");
        RotatingFile log = new RotatingFile(file, 1_000, new JsonLogLine());
        IntStream.range(0, 4).forEach(i -> log.publish(record("before " + "x".repeat(100))));

        Files.copy(file, folder.resolve("copy"));
        Files.write(file, new byte[0]);
        log.reopen();
        IntStream.range(0, 4).forEach(i -> log.publish(record("after " + "x".repeat(100))));
        log.close();

        List<String> lines = Files.readAllLines(file);
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.stream().allMatch(line -> line.contains("\"message\":\"after ")), lines::toString);
        assertTrue(Files.notExists(folder.resolve("gateway.log.1")), "the size of before was counted");
    }

    @Test
    void roomWithALevelOfItsOwnTalksMoreThanTheOthers() {
        LoggingConfig config = new LoggingConfig(
                System.Logger.Level.WARNING,
                Optional.empty(),
                1_000_000,
                new LoggingConfig.Console(System.Logger.Level.ERROR, LoggingConfig.Style.PRETTY),
                List.of(),
                Map.of("policy", System.Logger.Level.DEBUG, "plugins", System.Logger.Level.TRACE));
        LogLevels levels = new LogLevels(config);

        Filter console = levels.filter(config.console().level());

        assertEquals(
                Map.of(
                        "", Level.WARNING,
                        "com.networknt.schema", Level.OFF,
                        "dev.portcullis", Level.WARNING,
                        "dev.portcullis.gateway.runtime.policy", Level.FINE,
                        "dev.portcullis.plugin", Level.FINER),
                levels.loggers());
        assertTrue(console.isLoggable(of("dev.portcullis.gateway.runtime.policy.PolicyEngine", Level.FINE)));
        assertTrue(console.isLoggable(of("dev.portcullis.plugin.acme", Level.FINER)));
        assertFalse(console.isLoggable(of("dev.portcullis.gateway.runtime.auth.X", Level.WARNING)));
        assertTrue(console.isLoggable(of("dev.portcullis.gateway.runtime.auth.X", Level.SEVERE)));
    }

    @Test
    void everyRoomCanBeGivenALevel() throws Exception {
        Path rooms = Path.of(System.getProperty("project.basedir"), "src/main/java/dev/portcullis/gateway/runtime");
        try (Stream<Path> packages = Files.list(rooms)) {
            packages.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(room -> !room.equals("kit"))
                    .forEach(room -> assertTrue(LoggingConfig.ROOMS.contains(room), room));
        }
    }

    private static LogRecord record(String message) {
        LogRecord record = of("dev.portcullis.gateway.runtime.policy.PolicyEngine", Level.WARNING);
        record.setMessage(message);
        return record;
    }

    private static LogRecord of(String logger, Level level) {
        LogRecord record = new LogRecord(level, "");
        record.setLoggerName(logger);
        return record;
    }
}
