package dev.portcullis.gateway.runtime.session;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A session as it is stored. Immutable.
 *
 * @param key canonical
 * @param id unique for ever: a session that is deleted and created anew has another
 * @param parentKey the session it is shown below
 * @param spawnedBy the session that spawned it; it inherits that one's tool rules
 * @param spawnDepth 1 for a child of a main session
 * @param inheritedAllow tools it was limited to, if it was
 * @param sandboxRequired whether its spawner asked for a sandbox
 * @param messageCount how many messages its transcript has
 */
public record StoredSession(
        String key,
        String id,
        String agentId,
        Optional<String> label,
        Optional<String> parentKey,
        Optional<String> spawnedBy,
        OptionalInt spawnDepth,
        Optional<List<String>> inheritedAllow,
        List<String> inheritedDeny,
        boolean sandboxRequired,
        Instant createdAt,
        Instant lastActivityAt,
        long messageCount) {
    public StoredSession {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(agentId, "agentId");
        inheritedAllow = inheritedAllow.map(List::copyOf);
        inheritedDeny = List.copyOf(inheritedDeny);
    }

    StoredSession withMessageAt(Instant instant) {
        return with(instant.isAfter(lastActivityAt) ? instant : lastActivityAt, messageCount + 1);
    }

    private StoredSession with(Instant lastActivity, long messages) {
        return new StoredSession(
                key,
                id,
                agentId,
                label,
                parentKey,
                spawnedBy,
                spawnDepth,
                inheritedAllow,
                inheritedDeny,
                sandboxRequired,
                createdAt,
                lastActivity,
                messages);
    }
}
