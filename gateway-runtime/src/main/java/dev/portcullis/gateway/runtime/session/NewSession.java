package dev.portcullis.gateway.runtime.session;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A session that is about to be stored.
 *
 * @param key canonical
 * @param lineage if it is spawned by another session
 */
public record NewSession(
        String key, String agentId, Optional<String> label, Optional<String> parentKey, Optional<Spawn> lineage) {
    /**
     * What a spawned session inherits.
     *
     * @param by canonical key of the spawner
     * @param depth if not given, one more than the spawner's
     * @param allow tools it is limited to, if it is
     */
    public record Spawn(
            String by, OptionalInt depth, Optional<List<String>> allow, List<String> deny, boolean sandboxRequired) {
        public Spawn {
            Objects.requireNonNull(by, "by");
            allow = allow.map(List::copyOf);
            deny = List.copyOf(deny);
        }
    }

    public NewSession {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(agentId, "agentId");
        label = label.filter(text -> !text.isBlank());
    }

    /** A session of its own. */
    public static NewSession of(String key, String agentId) {
        return new NewSession(key, agentId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public NewSession labelled(String text) {
        return new NewSession(key, agentId, Optional.of(text), parentKey, lineage);
    }

    public NewSession below(String parent) {
        return new NewSession(key, agentId, label, Optional.of(parent), lineage);
    }

    NewSession spawned(Spawn spawn) {
        return new NewSession(key, agentId, label, parentKey.or(() -> Optional.of(spawn.by())), Optional.of(spawn));
    }
}
