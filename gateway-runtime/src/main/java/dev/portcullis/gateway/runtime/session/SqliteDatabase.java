package dev.portcullis.gateway.runtime.session;

import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.sqlite.JDBC;

/** One SQLite file, which one process owns. One connection writes and one reads, each by one thread at a time. */
final class SqliteDatabase implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SqliteDatabase.class.getName());

    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private final Path file;
    private final FileChannel lock;
    private final Connection writer;
    private final Connection reader;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private boolean closed;

    private SqliteDatabase(Path file, FileChannel lock, Connection writer, Connection reader) {
        this.file = file;
        this.lock = lock;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Begins to load the driver, once, on a thread of its own: it takes as long as all that comes before a store is opened, and
     * shares nothing with it. Only where its library is a file: where it has to be unpacked, a start that is refused meanwhile would
     * leave half of it behind. What fails here is told by whoever opens a store.
     */
    static void prepare() {
        if (System.getProperty("org.sqlite.lib.path") != null && PREPARED.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("sqlite-driver").start(() -> {
                try (Connection memory = JDBC.createConnection("jdbc:sqlite::memory:", new Properties())) {
                    Migrations.apply(memory);
                } catch (SQLException | RuntimeException | LinkageError again) {
                    // told by the one who needs it
                }
            });
        }
    }

    interface Work<A, T> {
        T on(A subject) throws SQLException;
    }

    /**
     * Opens a file, and creates it if there is none.
     *
     * @param first what has to succeed before it counts as opened
     */
    static SqliteDatabase open(Path file, Work<Connection, ?> first) {
        FileChannel lock = StoreClaim.on(file.toAbsolutePath());
        List<AutoCloseable> opened = new ArrayList<>(List.of(lock));
        try {
            Connection writer = connect(file, opened);
            int unknown = Migrations.apply(writer);
            if (unknown > 0) {
                throw new SessionStoreException("The session store " + file + " has layout " + unknown
                        + ", which this version does not know: it was written by a newer one. Start that version, or set"
                        + " another state directory.");
            }
            Connection reader = connect(file, opened);
            first.on(writer);
            return new SqliteDatabase(file, lock, writer, reader);
        } catch (SQLException failed) {
            close(opened);
            throw new SessionStoreException(
                    "The session store " + file + " cannot be opened: " + failed.getMessage()
                            + ". If the file is damaged, move it away: the gateway starts with an empty store.",
                    failed);
        } catch (LinkageError failed) {
            close(opened);
            throw new SessionStoreException(
                    "The session store " + file
                            + " cannot be opened: the native library of SQLite could not be loaded. It is"
                            + " unpacked into the folder for temporary files: let the gateway's user write and execute files there, or"
                            + " name another folder with -Dorg.sqlite.tmpdir=FOLDER in PORTCULLIS_JAVA_OPTS.",
                    failed);
        } catch (RuntimeException failed) {
            close(opened);
            throw failed;
        }
    }

    private static Connection connect(Path file, List<AutoCloseable> opened) throws SQLException {
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file.toAbsolutePath(), new Properties());
        opened.add(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA foreign_keys = ON");
        }
        return connection;
    }

    /** One transaction; what is kept in memory changes only once it is committed. */
    <T> T write(Work<Connection, T> work, Consumer<T> committed) {
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

    <T> T read(String sql, Work<PreparedStatement, T> work) {
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
