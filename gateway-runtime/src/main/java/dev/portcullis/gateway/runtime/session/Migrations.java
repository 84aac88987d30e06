package dev.portcullis.gateway.runtime.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings a database to the newest layout: numbered scripts, each run once, in order, in one transaction. */
final class Migrations {
    private static final List<String> SCRIPTS = List.of("0001-sessions.sql");

    private Migrations() {}

    /**
     * Runs what has not run yet.
     *
     * @return the number of a layout that this version does not know, or 0
     */
    static int apply(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            int done = done(connection);
            if (done > SCRIPTS.size()) {
                connection.rollback();
                return done;
            }
            for (int i = done; i < SCRIPTS.size(); i++) {
                run(connection, SCRIPTS.get(i));
                record(connection, i + 1);
            }
            connection.commit();
            return 0;
        } catch (SQLException failed) {
            connection.rollback();
            throw failed;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int done(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_history (version INTEGER NOT NULL PRIMARY KEY)");
            try (ResultSet rows = statement.executeQuery("SELECT MAX(version) FROM schema_history")) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : text(script).split(";", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static void record(Connection connection, int version) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO schema_history (version) VALUES (?)")) {
            statement.setInt(1, version);
            statement.executeUpdate();
        }
    }

    private static String text(String script) {
        try (InputStream in = Migrations.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IllegalStateException("Migration " + script + " is not in the gateway's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
