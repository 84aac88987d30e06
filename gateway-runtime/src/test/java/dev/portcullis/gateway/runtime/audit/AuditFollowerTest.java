package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AuditFollowerTest {
    /** What the file system says about which file it is. */
    enum Keys {
        KNOWN,
        UNKNOWN
    }

    private static final String GAP = "(gap)";

    @TempDir
    Path folder;

    private final List<AuditFollower> followers = new ArrayList<>();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("audit.jsonl");
    }

    @AfterEach
    void close() throws IOException {
        for (AuditFollower follower : followers) {
            follower.close();
        }
    }

    private AuditFollower follow(Keys keys) throws IOException {
        AuditFollower follower =
                keys == Keys.KNOWN ? new AuditFollower(file) : new AuditFollower(file, attributes -> null);
        followers.add(follower);
        return follower;
    }

    /** One that comes when this record is in the file already. */
    private AuditFollower followAfter(String id, Keys keys) throws IOException {
        append(file, line(id));
        return follow(keys);
    }

    private static String line(String id) {
        return "{\"invocation\":\"" + id + "\",\"tool\":\"probe\"}\n";
    }

    private static List<Object> polled(AuditFollower follower) throws IOException {
        List<Object> ids = new ArrayList<>();
        follower.poll(entry -> ids.add(entry.get("invocation")), () -> ids.add(GAP));
        return ids;
    }

    private static void append(Path to, String text) throws IOException {
        Files.writeString(to, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenFromNowOnIsSeen(Keys keys) throws Exception {
        AuditFollower follower = followAfter("before", keys);
        append(file, line("after") + "{\"invocation\":\"ha");

        List<Object> first = polled(follower);
        append(file, "lf\"}\n");

        assertEquals(List.of("after"), first);
        assertEquals(List.of("half"), polled(follower));
        assertEquals(List.of(), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void fileThatIsNotThereYetIsWaitedForAndReadFromItsStart(Keys keys) throws Exception {
        AuditFollower follower = follow(keys);

        List<Object> first = polled(follower);
        append(file, line("a"));

        assertEquals(List.of(), first);
        assertEquals(List.of("a"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void endOfAnArchivedFileComesBeforeTheNewOne(Keys keys) throws Exception {
        AuditFollower follower = followAfter("before", keys);
        append(file, line("last"));
        AuditFixture.shift(file);
        append(file, line("x"));

        assertEquals(List.of("last", "x"), polled(follower));
        assertEquals(List.of(), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void newFileAsLongAsTheOldOneIsReadFromItsStart(Keys keys) throws Exception {
        AuditFollower follower = followAfter("a", keys);
        AuditFixture.shift(file);
        append(file, line("b"));

        assertEquals(List.of("b"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void newFileLongerThanOneThatWasMovedAwayIsReadFromItsStart(Keys keys) throws Exception {
        AuditFollower follower = followAfter("a", keys);
        append(file, line("b"));
        Files.move(file, folder.resolve("elsewhere"));
        append(file, line("c") + line("d") + line("e"));

        assertEquals(List.of("b", "c", "d", "e"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void emptiedFileIsReadFromItsStartAndNoArchiveIs(Keys keys) throws Exception {
        append(folder.resolve("audit.1.jsonl"), line("older") + line("than") + line("all") + line("of it"));
        AuditFollower follower = followAfter("a", keys);
        Files.writeString(file, "");

        List<Object> emptied = polled(follower);
        append(file, line("b"));

        assertEquals(List.of(), emptied);
        assertEquals(List.of("b"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void emptiedFileThatIsAsLongAgainIsReadFromItsStart(Keys keys) throws Exception {
        AuditFollower follower = followAfter("a", keys);
        Files.writeString(file, line("b") + line("c"));

        assertEquals(List.of("b", "c"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void missingFileIsWaitedForAndTheOldOneReadMeanwhile(Keys keys) throws Exception {
        AuditFollower follower = followAfter("a", keys);
        Path moved = Files.move(file, folder.resolve("elsewhere"));

        List<Object> nothing = polled(follower);
        append(moved, line("b"));
        List<Object> late = polled(follower);
        append(file, line("c"));

        assertEquals(List.of(), nothing);
        assertEquals(List.of("b"), late);
        assertEquals(List.of("c"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void oldFileIsReadOnUntilTheNewOneHasARecord(Keys keys) throws Exception {
        AuditFollower follower = followAfter("a", keys);
        Path moved = Files.move(file, folder.resolve("elsewhere"));
        Files.createFile(file);

        List<Object> nothing = polled(follower);
        append(moved, line("b"));
        append(file, line("c"));

        assertEquals(List.of(), nothing);
        assertEquals(List.of("b", "c"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void halfARecordAtTheEndOfTheOldFileDoesNotCostTheFirstOfTheNew(Keys keys) throws Exception {
        AuditFollower follower = followAfter("a", keys);
        append(file, "{\"invocation\":\"ha");
        AuditFixture.shift(file);
        append(file, line("b"));

        assertEquals(List.of("b"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void followerThatWasHeldUpReadsTheArchivesInBetween(Keys keys) throws Exception {
        append(folder.resolve("audit.1.jsonl"), line("older"));
        AuditFollower follower = followAfter("a", keys);
        for (String id : List.of("b", "c", "d")) {
            AuditFixture.shift(file);
            append(file, line(id) + line(id + id));
        }

        assertEquals(List.of("b", "bb", "c", "cc", "d", "dd"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void followerThatWasHeldUpForLongReadsWhatIsStillThereAndSaysSo(Keys keys) throws Exception {
        append(folder.resolve("audit.1.jsonl"), line("older"));
        AuditFollower follower = followAfter("a", keys);
        append(file, line("aa"));
        for (String id : List.of("b", "c", "d", "e", "f", "g", "h")) {
            AuditFixture.shift(file);
            append(file, line(id));
        }

        assertEquals(List.of("aa", GAP, "c", "d", "e", "f", "g", "h"), polled(follower));
        assertEquals(List.of(), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void archivesOfBeforeAreNotReadWhenOthersMoveTheFileAway(Keys keys) throws Exception {
        for (int age = 1; age <= AuditFixture.ARCHIVES; age++) {
            append(folder.resolve("audit." + age + ".jsonl"), line("older-" + age));
        }
        AuditFollower follower = followAfter("a", keys);
        Files.move(file, folder.resolve("elsewhere"));
        append(file, line("b"));
        List<Object> first = polled(follower);
        Files.move(file, folder.resolve("elsewhere-2"));
        append(file, line("c"));
        AuditFixture.shift(file);
        append(file, line("d"));

        List<Object> second = polled(follower);
        AuditFixture.shift(file);
        append(file, line("e"));
        List<Object> third = polled(follower);
        Files.move(file, folder.resolve("elsewhere-3"));
        append(file, line("f"));

        assertEquals(List.of("b"), first);
        assertEquals(List.of("c", "d"), second);
        assertEquals(List.of("e"), third);
        assertEquals(List.of("f"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void archivesOfBeforeAreNotReadThoughTheFileWasEmptyThen(Keys keys) throws Exception {
        append(folder.resolve("audit.1.jsonl"), line("older"));
        Files.createFile(file);
        AuditFollower follower = follow(keys);
        append(file, line("a"));
        List<Object> first = polled(follower);
        Files.move(file, folder.resolve("elsewhere"));
        append(file, line("b"));

        assertEquals(List.of("a"), first);
        assertEquals(List.of("b"), polled(follower));
    }

    @ParameterizedTest
    @EnumSource
    void fileThatWasNotThereYetMayHaveBecomeAnArchive(Keys keys) throws Exception {
        append(folder.resolve("audit.1.jsonl"), line("older"));
        AuditFollower follower = follow(keys);
        append(file, line("a"));
        AuditFixture.shift(file);
        append(file, line("b"));

        assertEquals(List.of("a", "b"), polled(follower));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void archiveThatCannotBeReadLeavesNothingOpen() throws Exception {
        AuditFollower follower = followAfter("a", Keys.KNOWN);
        Files.move(file, folder.resolve("audit.2.jsonl"));
        Files.createDirectory(folder.resolve("audit.1.jsonl"));
        append(file, line("b"));

        assertThrows(IOException.class, () -> polled(follower));

        follower.close();
        assertEquals(List.of(), open());
    }

    /** The files of the test that this process has open. */
    private List<Path> open() throws IOException {
        List<Path> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    open.add(Files.readSymbolicLink(descriptor));
                } catch (NoSuchFileException closed) {
                    // by somebody else, meanwhile
                }
            }
        }
        return open.stream().filter(path -> path.startsWith(folder)).toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordComesOnceAndInOrderBesideAWriterThatArchives(Keys keys) throws Exception {
        for (int round = 0; round < 50; round++) {
            file = Files.createDirectory(folder.resolve(keys + "-" + round)).resolve("audit.jsonl");
            append(file, line("before"));
            AuditFollower follower = follow(keys);
            FutureTask<List<Object>> writing = new FutureTask<>(writer());
            Thread.ofPlatform().start(writing);

            List<Object> seen = new ArrayList<>();
            while (!writing.isDone()) {
                seen.addAll(polled(follower));
            }
            seen.addAll(polled(follower));

            assertEquals(writing.get(), seen);
        }
    }

    /** Fills as many files as are kept. */
    private Callable<List<Object>> writer() {
        Path to = file;
        return () -> {
            List<Object> written = new ArrayList<>();
            for (int archive = 0; archive < AuditFixture.ARCHIVES; archive++) {
                AuditFixture.shift(to);
                for (int i = 0; i < 20; i++) {
                    append(to, line(archive + "-" + i));
                    written.add(archive + "-" + i);
                }
            }
            return written;
        };
    }
}
