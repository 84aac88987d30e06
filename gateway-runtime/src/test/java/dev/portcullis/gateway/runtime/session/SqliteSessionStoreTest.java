package dev.portcullis.gateway.runtime.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.session.NewSession.Spawn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class SqliteSessionStoreTest {
    private static final String LANE = "agent:main:lane";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void sessionIsReadBackAsItWasCreated() {
        StoredSession spawned;
        StoredSession lane;
        try (SqliteSessionStore store = open()) {
            lane = store.create(NewSession.of(LANE, "main").labelled("Lane").below("agent:main:main"));
            spawned = store.create(NewSession.of("agent:main:subagent:a", "main")
                    .spawned(new Spawn(
                            LANE, OptionalInt.empty(), Optional.of(List.of("web_*", "tts")), List.of("exec"), true)));
        }

        try (SqliteSessionStore store = open()) {
            assertEquals(Optional.of(lane), store.find(LANE));
            assertEquals(Optional.of(spawned), store.find("agent:main:subagent:a"));
            assertEquals(OptionalInt.of(1), spawned.spawnDepth());
            assertEquals(Optional.of(LANE), spawned.parentKey());
        }
    }

    @Test
    void emptyAllowListIsNotTheSameAsNone() {
        try (SqliteSessionStore store = open()) {
            store.create(NewSession.of(LANE, "main")
                    .spawned(new Spawn("x", OptionalInt.of(1), Optional.of(List.of()), List.of(), false)));
        }

        try (SqliteSessionStore store = open()) {
            assertEquals(Optional.of(List.of()), store.find(LANE).orElseThrow().inheritedAllow());
        }
    }

    @Test
    void depthFollowsFromTheSpawner() {
        try (SqliteSessionStore store = open()) {
            store.create(spawned("agent:main:subagent:a", "agent:main:main"));
            store.create(spawned("agent:main:subagent:b", "agent:main:subagent:a"));
            store.create(spawned("agent:main:subagent:c", "agent:main:subagent:x:subagent:y"));

            assertEquals(
                    List.of(1, 2, 3),
                    Stream.of("a", "b", "c")
                            .map(id -> store.find("agent:main:subagent:" + id)
                                    .orElseThrow()
                                    .spawnDepth()
                                    .getAsInt())
                            .toList());
        }
    }

    @Test
    void sessionIsNotCreatedTwice() {
        try (SqliteSessionStore store = open()) {
            store.create(NewSession.of(LANE, "main"));

            SessionStoreException refused =
                    assertThrows(SessionStoreException.class, () -> store.create(NewSession.of(LANE, "main")));

            assertEquals("There is a session " + LANE + " already", refused.getMessage());
        }
    }

    @Test
    void transcriptGivesTheLastMessagesOldestFirst() {
        try (SqliteSessionStore store = open()) {
            store.create(NewSession.of(LANE, "main"));
            for (int i = 0; i < 5; i++) {
                store.append(LANE, new TranscriptMessage("user", "m" + i, NOON.plusSeconds(i)));
            }

            assertEquals(List.of("m3", "m4"), texts(store.transcript(LANE, 2, 0)));
            assertEquals(List.of("m2", "m3"), texts(store.transcript(LANE, 2, 1)));
            assertEquals(List.of(), store.transcript("agent:main:other", 2, 0));
            assertEquals(5, store.find(LANE).orElseThrow().messageCount());
        }
    }

    @Test
    void messageOfAnUnknownSessionIsRefused() {
        try (SqliteSessionStore store = open()) {
            assertThrows(
                    SessionStoreException.class, () -> store.append(LANE, new TranscriptMessage("user", "x", NOON)));
        }
    }

    @Test
    void searchWantsEveryWordInAnyCaseAndTakesPatternsLiterally() {
        try (SqliteSessionStore store = open()) {
            store.create(NewSession.of(LANE, "main"));
            store.create(NewSession.of("agent:main:hidden", "main"));
            store.append(LANE, new TranscriptMessage("user", "Grüße ÜBER alles, 100% sure", NOON));
            store.append(LANE, new TranscriptMessage("user", "über something_else!", NOON.plusSeconds(1)));
            store.append("agent:main:hidden", new TranscriptMessage("user", "über", NOON.plusSeconds(2)));

            assertEquals(List.of("über something_else!", "Grüße ÜBER alles, 100% sure"), found(store, "Über", 9));
            assertEquals(List.of("über something_else!"), found(store, "über", 1));
            assertEquals(List.of("Grüße ÜBER alles, 100% sure"), found(store, " sure  grüße ", 9));
            assertEquals(List.of("Grüße ÜBER alles, 100% sure"), found(store, "0%", 9));
            assertEquals(List.of("über something_else!"), found(store, "g_else!", 9));
            assertEquals(List.of(), found(store, "g%else", 9));
            assertEquals(List.of(), found(store, "  ", 9));
        }
    }

    @Test
    void messageMovesItsSessionToTheFrontAndSurvivesTheClose() {
        try (SqliteSessionStore store = open()) {
            store.create(NewSession.of(LANE, "main"));
            store.create(NewSession.of("agent:main:b", "main"));
            store.append(
                    LANE, new TranscriptMessage("user", "late", Instant.now().plusSeconds(60)));
        }

        try (SqliteSessionStore store = open()) {
            assertEquals(
                    List.of(LANE, "agent:main:b"),
                    store.list().stream().map(StoredSession::key).toList());
        }
    }

    @Test
    void activityNeverGoesBack() {
        try (SqliteSessionStore store = open()) {
            Instant created = store.create(NewSession.of(LANE, "main")).lastActivityAt();

            store.append(LANE, new TranscriptMessage("user", "early", created.minusSeconds(60)));

            assertEquals(created, store.find(LANE).orElseThrow().lastActivityAt());
        }
    }

    @Test
    void deletedSessionTakesItsTranscriptWithIt() {
        try (SqliteSessionStore store = open()) {
            store.create(NewSession.of(LANE, "main"));
            store.append(LANE, new TranscriptMessage("user", "gone", NOON));

            assertTrue(store.delete(LANE));

            assertFalse(store.delete(LANE));
            assertEquals(List.of(), found(store, "gone", 9));
            store.create(NewSession.of(LANE, "main"));
            assertEquals(List.of(), store.transcript(LANE, 9, 0));
        }
    }

    @Test
    void manyThreadsMayWriteAndRead() throws Exception {
        try (SqliteSessionStore store = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            store.create(NewSession.of(LANE, "main"));
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String text = "message " + i;
                all.add(threads.submit(() -> store.append(LANE, new TranscriptMessage("user", text, NOON))));
                all.add(threads.submit(() -> store.transcript(LANE, 3, 0)));
            }
            for (Future<?> each : all) {
                each.get();
            }

            assertEquals(100, store.find(LANE).orElseThrow().messageCount());
            assertEquals(100, store.transcript(LANE, 1000, 0).size());
        }
    }

    @Test
    void filesAreForTheirOwnerAlone() throws Exception {
        Path file = folder.resolve("state").resolve(SqliteSessionStore.FILE_NAME);
        try (SqliteSessionStore store = SqliteSessionStore.open(file)) {
            store.create(NewSession.of(LANE, "main"));

            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
            try (Stream<Path> files = Files.list(file.getParent())) {
                for (Path each : files.toList()) {
                    assertEquals(
                            "rw-------",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(each)),
                            each.toString());
                }
            }
        }
    }

    @Test
    void closedStoreSaysSo() {
        SqliteSessionStore store = open();
        store.create(NewSession.of(LANE, "main"));
        store.close();
        store.close();

        SessionStoreException refused = assertThrows(SessionStoreException.class, () -> store.transcript(LANE, 1, 0));

        assertTrue(refused.getMessage().endsWith("is closed: the gateway is stopping"), refused.getMessage());
        assertThrows(SessionStoreException.class, () -> store.create(NewSession.of("b", "main")));
    }

    @Test
    void damagedFileIsNamedWithWhatToDo() throws Exception {
        Files.writeString(file(), "this is no database, but it is long enough to be looked at as one ".repeat(40));

        SessionStoreException refused = assertThrows(SessionStoreException.class, this::open);

        assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains("move it away"), refused.getMessage());
    }

    @Test
    void fileOfANewerVersionIsRefused() throws Exception {
        open().close();
        try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + file(), new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO schema_history (version) VALUES (99)");
        }

        SessionStoreException refused = assertThrows(SessionStoreException.class, this::open);

        assertTrue(refused.getMessage().contains("layout 99"), refused.getMessage());
    }

    @Test
    void storeBelongsToOneGatewayAtATime() {
        try (SqliteSessionStore store = open()) {
            SessionStoreException refused = assertThrows(SessionStoreException.class, this::open);

            assertTrue(refused.getMessage().contains("in use by another gateway"), refused.getMessage());
            assertTrue(store.list().isEmpty());
        }
    }

    /** Plugins may have asked {@code DriverManager} first, which looks for drivers once, with the loader of the one who asks. */
    @Test
    void storeNeedsNoDriverManager() throws Exception {
        List<Driver> known = DriverManager.drivers().toList();
        for (Driver driver : known) {
            DriverManager.deregisterDriver(driver);
        }
        try (SqliteSessionStore store = open()) {
            assertTrue(store.list().isEmpty());
        } finally {
            for (Driver driver : known) {
                DriverManager.registerDriver(driver);
            }
        }
    }

    private Path file() {
        return folder.resolve(SqliteSessionStore.FILE_NAME);
    }

    private SqliteSessionStore open() {
        return SqliteSessionStore.open(file());
    }

    private static NewSession spawned(String key, String by) {
        return NewSession.of(key, "main")
                .spawned(new Spawn(by, OptionalInt.empty(), Optional.empty(), List.of(), false));
    }

    private static List<String> texts(List<TranscriptMessage> messages) {
        return messages.stream().map(TranscriptMessage::text).toList();
    }

    private static List<String> found(SessionStore store, String query, int limit) {
        return store.search(query, session -> !session.key().endsWith("hidden"), limit).stream()
                .map(hit -> hit.message().text())
                .toList();
    }
}
