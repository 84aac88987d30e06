package dev.portcullis.gateway.runtime.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sessions that last as long as the store: for the test kit. */
public final class MemorySessionStore implements SessionStore {
    private record Kept(StoredSession session, List<TranscriptMessage> transcript) {
        Kept with(TranscriptMessage message) {
            List<TranscriptMessage> longer = new ArrayList<>(transcript);
            longer.add(message);
            return new Kept(session.withMessageAt(message.at()), List.copyOf(longer));
        }

        Optional<Hit> hit(TranscriptMessage message, List<String> words) {
            String text = message.text().toLowerCase(Locale.ROOT);
            return words.stream().allMatch(text::contains) ? Optional.of(new Hit(session, message)) : Optional.empty();
        }
    }

    private final Map<String, Kept> sessions = new LinkedHashMap<>();

    @Override
    public synchronized Optional<StoredSession> find(String key) {
        return Optional.ofNullable(sessions.get(key)).map(Kept::session);
    }

    @Override
    public synchronized List<StoredSession> list() {
        return sessions.values().stream()
                .map(Kept::session)
                .sorted(Comparator.comparing(StoredSession::lastActivityAt).reversed())
                .toList();
    }

    @Override
    public synchronized StoredSession create(NewSession made) {
        if (sessions.containsKey(made.key())) {
            throw new SessionStoreException("There is a session \"" + made.key() + "\" already");
        }
        Instant now = Instant.now();
        Optional<NewSession.Spawn> spawn = made.lineage();
        StoredSession session = new StoredSession(
                made.key(),
                UUID.randomUUID().toString(),
                made.agentId(),
                made.label(),
                made.parentKey(),
                spawn.map(NewSession.Spawn::by),
                spawn.map(NewSession.Spawn::depth).orElse(OptionalInt.empty()),
                spawn.flatMap(NewSession.Spawn::allow),
                spawn.map(NewSession.Spawn::deny).orElse(List.of()),
                spawn.map(NewSession.Spawn::sandboxRequired).orElse(false),
                now,
                now,
                0);
        sessions.put(made.key(), new Kept(session, List.of()));
        return session;
    }

    @Override
    public synchronized boolean delete(String key) {
        return sessions.remove(key) != null;
    }

    @Override
    public synchronized void append(String key, TranscriptMessage message) {
        @Nullable Kept kept = sessions.get(key);
        if (kept == null) {
            throw new SessionStoreException("There is no session \"" + key + "\"");
        }
        sessions.put(key, kept.with(message));
    }

    @Override
    public synchronized List<TranscriptMessage> transcript(String key, int limit, int offset) {
        @Nullable Kept kept = sessions.get(key);
        if (kept == null) {
            return List.of();
        }
        int end = Math.max(0, kept.transcript().size() - offset);
        return kept.transcript().subList(Math.max(0, end - limit), end);
    }

    @Override
    public synchronized List<Hit> search(String query, Predicate<StoredSession> visible, int limit) {
        List<String> words = List.of(query.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        return sessions.values().stream()
                .filter(kept -> visible.test(kept.session()))
                .flatMap(kept -> kept.transcript().stream().flatMap(message -> kept.hit(message, words).stream()))
                .sorted(Comparator.comparing((Hit hit) -> hit.message().at()).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {}
}
