package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReaderTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("audit.jsonl");
    }

    private static String line(String id) {
        return "{\"invocation\":\"" + id + "\",\"tool\":\"probe\"}\n";
    }

    private static List<Object> ids(List<Map<String, Object>> records) {
        return records.stream().map(entry -> entry.get("invocation")).toList();
    }

    @Test
    void newestRecordsComeFirstAcrossArchives() throws Exception {
        Files.writeString(folder.resolve("audit.2.jsonl"), line("a") + line("b"));
        Files.writeString(folder.resolve("audit.1.jsonl"), line("c"));
        Files.writeString(file, line("d") + line("e"));

        assertEquals(List.of("e", "d", "c", "b"), ids(new AuditReader(file).last(4, entry -> true)));
    }

    @Test
    void damagedAndHalfWrittenLinesCostThemselvesOnly() throws Exception {
        Files.write(file, "\0\u00ff{not json\n[1]\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(file, line("a") + "{\"invocation\":\"b\",\"to", StandardOpenOption.APPEND);

        assertEquals(List.of("a"), ids(new AuditReader(file).last(9, entry -> true)));
    }

    @Test
    void recordIsFoundInAnArchive() throws Exception {
        Files.writeString(folder.resolve("audit.1.jsonl"), line("old") + line("older-than-old"));
        Files.writeString(file, line("new"));

        assertEquals("old", new AuditReader(file).find("old").orElseThrow().get("invocation"));
    }

    @Test
    void nameOfAnotherFieldIsNoInvocation() throws Exception {
        Files.writeString(file, "{\"invocation\":\"x\",\"tool\":\"wanted\"}\n");

        assertTrue(new AuditReader(file).find("wanted").isEmpty());
    }

    @Test
    void nothingExistsBeforeTheFirstRecord() {
        assertFalse(new AuditReader(file).exists());
    }

    @Test
    void recordThatIsArchivedWhileItIsReadComesOnce() throws Exception {
        Files.writeString(folder.resolve("audit.1.jsonl"), line("a"));
        Files.writeString(file, line("b") + line("c"));
        AtomicBoolean archived = new AtomicBoolean();

        List<Map<String, Object>> records = new AuditReader(file).last(9, entry -> {
            if (!archived.getAndSet(true)) {
                shift();
            }
            return true;
        });

        assertEquals(List.of("c", "b", "a"), ids(records));
    }

    @Test
    void recordsAreReadBetweenTheArchivingAndTheNewFile() throws Exception {
        Files.writeString(file, line("a"));
        AuditFiles.shift(file);

        assertEquals(List.of("a"), ids(new AuditReader(file).last(9, entry -> true)));
        assertTrue(new AuditReader(file).find("a").isPresent());
    }

    @Test
    void archiveThatIsNotNeededNeedNotBeReadable() throws Exception {
        Files.writeString(file, line("a"));
        Files.createDirectory(folder.resolve("audit.1.jsonl"));

        assertEquals(List.of("a"), ids(new AuditReader(file).last(1, entry -> true)));
    }

    @Test
    void fileThatCannotBeReadIsNamed() throws Exception {
        Files.writeString(file, line("a"));
        Files.createDirectory(folder.resolve("audit.3.jsonl"));
        AuditReader reader = new AuditReader(file);

        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> reader.last(9, entry -> true));

        assertTrue(String.valueOf(refused.getMessage()).contains("audit.3.jsonl"));
    }

    private void shift() {
        try {
            AuditFiles.shift(file);
        } catch (IOException unmoved) {
            throw new UncheckedIOException(unmoved);
        }
    }

    private static String at(String time, String id) {
        return "{\"time\":\"2026-01-02T03:04:" + time + "Z\",\"invocation\":\"" + id + "\"}\n";
    }

    @Test
    void callsAndRefusalsComeInTheOrderOfTheirTimes() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        Files.writeString(file, at("01", "call-1") + at("04.5", "call-2"));
        Files.writeString(folder.resolve("audit-refused.1.jsonl"), at("02", "refused-1"));
        Files.writeString(folder.resolve("audit-refused.jsonl"), at("04", "refused-2") + at("05", "refused-3"));

        List<Object> ids = new AuditReader(file)
                .last(4, entry -> true).stream()
                        .map(entry -> entry.get("invocation"))
                        .toList();

        assertEquals(List.of("refused-3", "call-2", "refused-2", "refused-1"), ids);
        assertTrue(new AuditReader(file).find("refused-1").isPresent());
    }

    @Test
    void streamHasCallsAndRefusalsInTheOrderOfTheirTimes() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        List<Object> ids = new ArrayList<>();
        try (AuditStream stream = new AuditStream(file)) {
            Files.writeString(file, at("01", "call-1") + at("03", "call-2"));
            Files.writeString(folder.resolve("audit-refused.jsonl"), at("02", "refused-1") + at("04", "refused-2"));

            stream.poll(entry -> ids.add(entry.get("invocation")), () -> ids.add("gap"));
        }

        assertEquals(List.of("call-1", "refused-1", "call-2", "refused-2"), ids);
    }
}
