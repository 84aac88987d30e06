package dev.portcullis.gateway.runtime.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.sqlite.JDBC;

/**
 * Sessions in one SQLite file, which one process owns. What is known of a session, transcripts apart, is kept in memory too:
 * looking a key up never waits for the disk.
 */
public final class SqliteSessionStore implements SessionStore {
    /** What the file is called in the state directory. */
    public static final String FILE_NAME = "sessions.sqlite";

    private static final Pattern WORDS = Pattern.compile("\\s+");

    private final SqliteDatabase database;
    private final Map<String, StoredSession> sessions;

    private SqliteSessionStore(SqliteDatabase database, Map<String, StoredSession> sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    /** Begins to load what opening a store needs, beside. */
    public static void prepare() {
        SqliteDatabase.prepare();
    }

    /**
     * Opens the store, and creates it if there is none.
     *
     * @param file the database file; its folder is created (mode 700) if it is missing
     * @throws SessionStoreException if it is in use, damaged, of a newer version, or cannot be written
     */
    public static SqliteSessionStore open(Path file) {
        Map<String, StoredSession> sessions = new ConcurrentHashMap<>();
        SqliteDatabase database = SqliteDatabase.open(file, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(SessionRows.SELECT_SESSIONS)) {
                while (rows.next()) {
                    StoredSession session = SessionRows.session(rows);
                    sessions.put(session.key(), session);
                }
            }
            return sessions;
        });
        return new SqliteSessionStore(database, sessions);
    }

    /**
     * Reads a store from end to end, and changes nothing; one that a gateway uses may be read too.
     *
     * @return what is wrong with it; empty if nothing is
     */
    public static Optional<String> damage(Path file) {
        boolean written = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        // without a journal nobody writes, and then the driver must not make one either
        String how = written ? "?mode=ro" : "?immutable=1";
        try (Connection reader = JDBC.createConnection(
                        "jdbc:sqlite:" + file.toAbsolutePath().toUri() + how, new Properties());
                Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            return rows.next() ? Optional.of(rows.getString(1)).filter(said -> !said.equals("ok")) : Optional.empty();
        } catch (SQLException unreadable) {
            return Optional.of(String.valueOf(unreadable.getMessage()));
        }
    }

    @Override
    public Optional<StoredSession> find(String key) {
        return Optional.ofNullable(sessions.get(key));
    }

    @Override
    public List<StoredSession> list() {
        List<StoredSession> all = new ArrayList<>(sessions.values());
        all.sort(Comparator.comparing(StoredSession::lastActivityAt)
                .thenComparing(StoredSession::createdAt)
                .reversed()
                .thenComparing(StoredSession::key));
        return all;
    }

    @Override
    public StoredSession create(NewSession session) {
        return database.write(
                connection -> {
                    if (sessions.containsKey(session.key())) {
                        throw new SessionStoreException("There is a session " + session.key() + " already");
                    }
                    StoredSession stored = stored(session);
                    SessionRows.insert(connection, stored);
                    return stored;
                },
                stored -> sessions.put(stored.key(), stored));
    }

    @Override
    public boolean delete(String key) {
        return database.write(
                connection -> {
                    delete(connection, "DELETE FROM messages WHERE session_key = ?", key);
                    return delete(connection, "DELETE FROM sessions WHERE session_key = ?", key) > 0;
                },
                deleted -> sessions.remove(key));
    }

    private static int delete(Connection connection, String sql, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            return statement.executeUpdate();
        }
    }

    @Override
    public void append(String key, TranscriptMessage message) {
        database.write(
                connection -> {
                    StoredSession session = sessions.get(key);
                    if (session == null) {
                        throw new SessionStoreException("There is no session " + key);
                    }
                    SessionRows.insert(connection, key, session.messageCount(), message, folded(message.text()));
                    writeActivity(
                            connection, key, session.withMessageAt(message.at()).lastActivityAt());
                    return message.at();
                },
                at -> sessions.computeIfPresent(key, (k, now) -> now.withMessageAt(at)));
    }

    @Override
    public List<TranscriptMessage> transcript(String key, int limit, int offset) {
        if (!sessions.containsKey(key)) {
            return List.of();
        }
        return database.read("""
                SELECT role, body, said_at FROM messages WHERE session_key = ?
                ORDER BY position DESC LIMIT ? OFFSET ?""", statement -> {
            statement.setString(1, key);
            statement.setInt(2, limit);
            statement.setInt(3, offset);
            List<TranscriptMessage> messages = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    messages.add(SessionRows.message(rows, 1));
                }
            }
            Collections.reverse(messages);
            return messages;
        });
    }

    @Override
    public List<Hit> search(String query, Predicate<StoredSession> visible, int limit) {
        List<String> words = WORDS.splitAsStream(folded(query.strip()))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return List.of();
        }
        String conditions = String.join(" AND ", Collections.nCopies(words.size(), "folded LIKE ? ESCAPE '!'"));
        String sql = "SELECT session_key, role, body, said_at FROM messages WHERE " + conditions
                + " ORDER BY said_at DESC, session_key, position DESC";
        return database.read(sql, statement -> {
            for (int i = 0; i < words.size(); i++) {
                statement.setString(i + 1, "%" + escaped(words.get(i)) + "%");
            }
            List<Hit> hits = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (hits.size() < limit && rows.next()) {
                    StoredSession session = sessions.get(rows.getString(1));
                    if (session != null && visible.test(session)) {
                        hits.add(new Hit(session, SessionRows.message(rows, 2)));
                    }
                }
            }
            return hits;
        });
    }

    @Override
    public void close() {
        database.close();
    }

    private static void writeActivity(Connection connection, String key, Instant at) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE sessions SET last_activity_at = ? WHERE session_key = ?")) {
            statement.setLong(1, at.toEpochMilli());
            statement.setString(2, key);
            statement.executeUpdate();
        }
    }

    private StoredSession stored(NewSession session) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Optional<NewSession.Spawn> lineage = session.lineage();
        return new StoredSession(
                session.key(),
                UUID.randomUUID().toString(),
                session.agentId(),
                session.label(),
                session.parentKey(),
                lineage.map(NewSession.Spawn::by),
                lineage.map(this::depth).orElse(OptionalInt.empty()),
                lineage.flatMap(NewSession.Spawn::allow),
                lineage.map(NewSession.Spawn::deny).orElse(List.of()),
                lineage.map(NewSession.Spawn::sandboxRequired).orElse(false),
                now,
                now,
                0);
    }

    private OptionalInt depth(NewSession.Spawn spawn) {
        if (spawn.depth().isPresent()) {
            return spawn.depth();
        }
        int above = find(spawn.by())
                .map(StoredSession::spawnDepth)
                .orElse(OptionalInt.empty())
                .orElseGet(() -> SessionKey.parse(spawn.by()).subagentParts());
        return OptionalInt.of(above + 1);
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String escaped(String word) {
        return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
