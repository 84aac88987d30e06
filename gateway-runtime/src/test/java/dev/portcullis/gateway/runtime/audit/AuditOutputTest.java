package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.config.AuditConfig;
import dev.portcullis.gateway.runtime.config.OpenedFile;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditOutputTest {
    @TempDir
    Path folder;

    private static AuditOutput output(Path file, long most) throws IOException {
        return new AuditOutput(
                file, new AuditConfig(true, Optional.of(file), most), OpenedFile::append, InstantSource.system());
    }

    private static JsonBytes line(String text) {
        return new JsonBytes(0, 16).raw(text + "\n");
    }

    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines.stream().sorted().toList();
    }

    @Test
    void folderThatIsAwayWhenTheFileIsFullCostsNothing() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (AuditOutput out = output(home.resolve("audit.jsonl"), 8)) {
            out.write(line("first"), 1);
            Path away = Files.move(home, folder.resolve("away"));
            out.write(line("meanwhile"), 1);
            Files.move(away, home);

            out.write(line("then"), 1);
            out.write(line("z-last"), 1);
        }

        assertEquals(List.of("first", "meanwhile", "then", "z-last"), lines(home));
    }

    @Test
    void twoThatWriteOneFileArchiveItOnce() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (AuditOutput one = output(file, 20);
                AuditOutput other = output(file, 20)) {
            one.write(line("one: 4567"), 1);
            other.write(line("two: 45678901"), 1);
            one.write(line("three: 789"), 1);
            other.write(line("four: 67"), 1);
        }

        assertEquals(List.of("one: 4567", "two: 45678901"), Files.readAllLines(folder.resolve("audit.1.jsonl")));
        assertEquals(List.of("three: 789", "four: 67"), Files.readAllLines(file));
    }
}
