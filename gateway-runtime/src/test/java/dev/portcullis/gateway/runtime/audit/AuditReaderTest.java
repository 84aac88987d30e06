package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
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
    void followerSeesWhatIsWrittenFromNowOn() throws Exception {
        Files.writeString(file, line("before"));
        AuditFollower follower = new AuditFollower(file);
        Files.writeString(file, line("after") + "{\"invocation\":\"ha", StandardOpenOption.APPEND);

        List<Object> first = ids(follower.poll());
        Files.writeString(file, "lf\"}\n", StandardOpenOption.APPEND);

        assertEquals(List.of("after"), first);
        assertEquals(List.of("half"), ids(follower.poll()));
    }

    @Test
    void followerReadsTheEndOfAFileThatWasArchived() throws Exception {
        Files.writeString(file, line("before"));
        AuditFollower follower = new AuditFollower(file);
        Files.writeString(file, line("last"), StandardOpenOption.APPEND);
        AuditFiles.shift(file);
        Files.writeString(file, line("x"));

        assertEquals(List.of("last", "x"), ids(follower.poll()));
    }
}
