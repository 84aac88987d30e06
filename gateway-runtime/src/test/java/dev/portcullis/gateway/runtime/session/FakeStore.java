package dev.portcullis.gateway.runtime.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Sessions in a map; nothing is said in them. */
final class FakeStore implements SessionStore {
    private final Map<String, StoredSession> sessions = new LinkedHashMap<>();

    @Override
    public Optional<StoredSession> find(String key) {
        return Optional.ofNullable(sessions.get(key));
    }

    @Override
    public List<StoredSession> list() {
        List<StoredSession> all = new ArrayList<>(sessions.values());
        all.sort(Comparator.comparing(StoredSession::lastActivityAt).reversed());
        return all;
    }

    @Override
    public StoredSession create(NewSession session) {
        Instant now = Instant.EPOCH.plusSeconds(sessions.size());
        StoredSession stored = new StoredSession(
                session.key(),
                "id-" + sessions.size(),
                session.agentId(),
                session.label(),
                session.parentKey(),
                session.lineage().map(NewSession.Spawn::by),
                session.lineage().map(NewSession.Spawn::depth).orElse(OptionalInt.empty()),
                session.lineage().flatMap(NewSession.Spawn::allow),
                session.lineage().map(NewSession.Spawn::deny).orElse(List.of()),
                session.lineage().map(NewSession.Spawn::sandboxRequired).orElse(false),
                now,
                now,
                0);
        sessions.put(session.key(), stored);
        return stored;
    }

    @Override
    public boolean delete(String key) {
        return sessions.remove(key) != null;
    }

    @Override
    public void append(String key, TranscriptMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TranscriptMessage> transcript(String key, int limit, int offset) {
        return List.of();
    }

    @Override
    public List<Hit> search(String query, Predicate<StoredSession> visible, int limit) {
        return List.of();
    }

    @Override
    public void close() {}
}
