package dev.portcullis.gateway.runtime.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How sessions and messages are written as rows. Nothing here is particular to one database. */
final class SessionRows {
    static final String SELECT_SESSIONS = """
            SELECT s.session_key, s.session_id, s.agent_id, s.label, s.parent_key, s.spawned_by, s.spawn_depth,
                s.inherited_allow, s.inherited_deny, s.sandbox_required, s.created_at, s.last_activity_at,
                (SELECT COUNT(*) FROM messages m WHERE m.session_key = s.session_key)
            FROM sessions s""";

    private static final String INSERT_SESSION = """
            INSERT INTO sessions (session_key, session_id, agent_id, label, parent_key, spawned_by, spawn_depth,
                inherited_allow, inherited_deny, sandbox_required, created_at, last_activity_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String INSERT_MESSAGE = """
            INSERT INTO messages (session_key, position, role, body, folded, said_at) VALUES (?, ?, ?, ?, ?, ?)""";

    private SessionRows() {}

    static void insert(Connection connection, StoredSession session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_SESSION)) {
            statement.setString(1, session.key());
            statement.setString(2, session.id());
            statement.setString(3, session.agentId());
            setText(statement, 4, session.label());
            setText(statement, 5, session.parentKey());
            setText(statement, 6, session.spawnedBy());
            if (session.spawnDepth().isPresent()) {
                statement.setInt(7, session.spawnDepth().getAsInt());
            } else {
                statement.setNull(7, Types.INTEGER);
            }
            setText(statement, 8, session.inheritedAllow().map(SessionRows::lines));
            statement.setString(9, lines(session.inheritedDeny()));
            statement.setInt(10, session.sandboxRequired() ? 1 : 0);
            statement.setLong(11, session.createdAt().toEpochMilli());
            statement.setLong(12, session.lastActivityAt().toEpochMilli());
            statement.executeUpdate();
        }
    }

    /** Folded is the text as searches compare it. */
    static void insert(Connection connection, String key, long position, TranscriptMessage message, String folded)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_MESSAGE)) {
            statement.setString(1, key);
            statement.setLong(2, position);
            statement.setString(3, message.role());
            statement.setString(4, message.text());
            statement.setString(5, folded);
            statement.setLong(6, message.at().toEpochMilli());
            statement.executeUpdate();
        }
    }

    static StoredSession session(ResultSet row) throws SQLException {
        int depth = row.getInt(7);
        return new StoredSession(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Optional.ofNullable(row.getString(4)),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(6)),
                depth == 0 ? OptionalInt.empty() : OptionalInt.of(depth),
                Optional.ofNullable(row.getString(8)).map(SessionRows::entries),
                entries(row.getString(9)),
                row.getInt(10) != 0,
                Instant.ofEpochMilli(row.getLong(11)),
                Instant.ofEpochMilli(row.getLong(12)),
                row.getLong(13));
    }

    /** Of columns role, body, said_at from the given one on. */
    static TranscriptMessage message(ResultSet row, int first) throws SQLException {
        return new TranscriptMessage(
                row.getString(first), row.getString(first + 1), Instant.ofEpochMilli(row.getLong(first + 2)));
    }

    private static String lines(List<String> entries) {
        return String.join("\n", entries);
    }

    private static List<String> entries(@Nullable String lines) {
        return lines == null || lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
    }

    private static void setText(PreparedStatement statement, int index, Optional<String> text) throws SQLException {
        if (text.isPresent()) {
            statement.setString(index, text.get());
        } else {
            statement.setNull(index, Types.VARCHAR);
        }
    }
}
