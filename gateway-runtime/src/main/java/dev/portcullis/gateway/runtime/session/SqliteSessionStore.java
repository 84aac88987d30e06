package dev.portcullis.gateway.runtime.session;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Sessions in one SQLite file, which one process owns. What is known of a session, transcripts apart, is kept in memory too:
 * looking a key up never waits for the disk. One connection writes and one reads, each by one thread at a time.
 */
public final class SqliteSessionStore implements SessionStore {
    /** What the file is called in the state directory. */
    public static final String FILE_NAME = "sessions.sqlite";

    private static final System.Logger LOG = System.getLogger(SqliteSessionStore.class.getName());
    private static final Pattern WORDS = Pattern.compile("\\s+");

    private final Path file;
    private final FileChannel lock;
    private final Connection writer;
    private final Connection reader;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<String, StoredSession> sessions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private SqliteSessionStore(Path file, FileChannel lock, Connection writer, Connection reader) throws SQLException {
        this.file = file;
        this.lock = lock;
        this.writer = writer;
        this.reader = reader;
        try (Statement statement = writer.createStatement();
                ResultSet rows = statement.executeQuery(SessionRows.SELECT_SESSIONS)) {
            while (rows.next()) {
                StoredSession session = SessionRows.session(rows);
                sessions.put(session.key(), session);
            }
        }
    }

    /**
     * Opens the store, and creates it if there is none.
     *
     * @param file the database file; its folder is created (mode 700) if it is missing
     * @throws SessionStoreException if it is in use, damaged, of a newer version, or cannot be written
     */
    public static SqliteSessionStore open(Path file) {
        FileChannel lock = lock(file.toAbsolutePath());
        List<AutoCloseable> opened = new ArrayList<>(List.of(lock));
        try {
            Connection writer = connect(file, opened);
            int unknown = Migrations.apply(writer);
            if (unknown > 0) {
                throw new SessionStoreException("The session store " + file + " has layout " + unknown
                        + ", which this version does not know: it was written by a newer one. Start that version, or set"
                        + " another state directory.");
            }
            return new SqliteSessionStore(file, lock, writer, connect(file, opened));
        } catch (SQLException failed) {
            close(opened);
            throw new SessionStoreException(
                    "The session store " + file + " cannot be opened: " + failed.getMessage()
                            + ". If the file is damaged, move it away: the gateway starts with an empty store.",
                    failed);
        } catch (RuntimeException failed) {
            close(opened);
            throw failed;
        }
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
        try (Connection reader = DriverManager.getConnection(
                        "jdbc:sqlite:" + file.toAbsolutePath().toUri() + how);
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
        return write(
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
        return write(
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
        write(
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
        return read("""
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
        return read(sql, statement -> {
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
        reading.lock();
        writing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            close(List.of(lock, writer, reader));
        } finally {
            writing.unlock();
            reading.unlock();
        }
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

    private interface Work<A, T> {
        T on(A subject) throws SQLException;
    }

    /** One transaction; what is kept in memory changes only once it is committed. */
    private <T> T write(Work<Connection, T> work, Consumer<T> committed) {
        writing.lock();
        try {
            checkOpen();
            T result = transaction(work);
            committed.accept(result);
            return result;
        } catch (SQLException failed) {
            throw failed(failed);
        } finally {
            writing.unlock();
        }
    }

    private <T> T transaction(Work<Connection, T> work) throws SQLException {
        writer.setAutoCommit(false);
        try {
            T result = work.on(writer);
            writer.commit();
            return result;
        } catch (SQLException | RuntimeException failed) {
            writer.rollback();
            throw failed;
        } finally {
            writer.setAutoCommit(true);
        }
    }

    private <T> T read(String sql, Work<PreparedStatement, T> work) {
        reading.lock();
        try {
            checkOpen();
            try (PreparedStatement statement = reader.prepareStatement(sql)) {
                return work.on(statement);
            }
        } catch (SQLException failed) {
            throw failed(failed);
        } finally {
            reading.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new SessionStoreException("The session store " + file + " is closed: the gateway is stopping");
        }
    }

    private SessionStoreException failed(SQLException cause) {
        return new SessionStoreException(
                "The session store " + file + " failed: " + cause.getMessage()
                        + ". Check that the disk is not full and that the file is not damaged.",
                cause);
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String escaped(String word) {
        return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static Connection connect(Path file, List<AutoCloseable> opened) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        opened.add(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA foreign_keys = ON");
        }
        return connection;
    }

    /** Creates the database file for its owner alone, before the driver would for everybody, and claims it. */
    private static FileChannel lock(Path file) {
        try {
            createPrivate(file);
            Path claim = file.resolveSibling(file.getFileName() + ".lock");
            createPrivate(claim);
            FileChannel channel = FileChannel.open(claim, StandardOpenOption.WRITE);
            if (!claimed(channel)) {
                channel.close();
                throw new SessionStoreException("The session store " + file
                        + " is in use by another gateway: stop that one, or set another state directory.");
            }
            return channel;
        } catch (IOException failed) {
            throw new SessionStoreException(
                    "The session store " + file + " cannot be created or opened: " + failed
                            + ". The state directory must be writable for the user that runs the gateway.",
                    failed);
        }
    }

    private static boolean claimed(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    private static void createPrivate(Path file) throws IOException {
        Path folder = file.getParent();
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode(posix, "rwx------"));
        }
        try {
            Files.createFile(file, mode(posix, "rw-------"));
        } catch (FileAlreadyExistsException there) {
            if (posix && Files.isRegularFile(file)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    private static FileAttribute<?>[] mode(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void close(List<AutoCloseable> opened) {
        for (AutoCloseable resource : opened.reversed()) {
            try {
                resource.close();
            } catch (Exception failed) {
                LOG.log(Level.WARNING, "The session store did not close cleanly: {0}", failed.getMessage());
            }
        }
    }
}
