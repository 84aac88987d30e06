-- Times are milliseconds since 1970, lists are one entry a line. Plain SQL: SQLite and PostgreSQL both take it.
CREATE TABLE sessions (
    session_key VARCHAR(512) NOT NULL PRIMARY KEY,
    session_id VARCHAR(64) NOT NULL UNIQUE,
    agent_id VARCHAR(64) NOT NULL,
    label TEXT,
    parent_key VARCHAR(512),
    spawned_by VARCHAR(512),
    spawn_depth INTEGER,
    inherited_allow TEXT,
    inherited_deny TEXT NOT NULL,
    sandbox_required INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    last_activity_at BIGINT NOT NULL
);

CREATE TABLE messages (
    session_key VARCHAR(512) NOT NULL REFERENCES sessions (session_key) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    role VARCHAR(64) NOT NULL,
    body TEXT NOT NULL,
    folded TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (session_key, position)
);

CREATE INDEX messages_by_time ON messages (said_at);
