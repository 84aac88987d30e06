package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditWalkTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("audit.jsonl");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void olderFilesComeAlthoughYoungerOnesPushThemOn(boolean keyed) throws Exception {
        fill("a", "b", "c");
        try (AuditWalk walk = walk(keyed)) {
            List<String> met = new ArrayList<>(read(walk, 1));
            fill("d", "e", "f");

            met.addAll(read(walk, 9));

            assertEquals(List.of("c", "b", "a"), met);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fileThatIsDroppedMeanwhileHasNoOlderOnes(boolean keyed) throws Exception {
        fill("a", "b", "c");
        try (AuditWalk walk = walk(keyed)) {
            List<String> met = new ArrayList<>(read(walk, 2));
            fill("d", "e", "f", "g", "h");

            met.addAll(read(walk, 9));

            assertEquals(List.of("c", "b"), met);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neitherMissingNorEmptyFilesEndIt(boolean keyed) throws Exception {
        Files.createFile(file);
        Files.writeString(AuditFiles.archive(file, 2), "b");
        Files.createFile(AuditFiles.archive(file, 3));
        Files.writeString(AuditFiles.archive(file, 5), "a");

        try (AuditWalk walk = walk(keyed)) {
            assertEquals(List.of("b", "a"), read(walk, 9));
        }
    }

    private AuditWalk walk(boolean keyed) {
        Function<BasicFileAttributes, @Nullable Object> none = attributes -> null;
        return new AuditWalk(file, keyed ? BasicFileAttributes::fileKey : none);
    }

    private void fill(String... texts) throws IOException {
        for (String text : texts) {
            AuditFixture.shift(file);
            Files.writeString(file, text);
        }
    }

    private static List<String> read(AuditWalk walk, int most) throws IOException {
        List<String> read = new ArrayList<>();
        while (read.size() < most) {
            Optional<AuditFile> next = walk.next();
            if (next.isEmpty()) {
                return read;
            }
            read.add(Objects.requireNonNull(next.get().lines().readLine()));
        }
        return read;
    }
}
