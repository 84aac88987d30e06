package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.runtime.config.SessionConfig;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The main session of an agent: what it is called, and which keys mean it. */
final class MainSession {
    private static final String AGENT_PREFIX = "agent:";

    private final boolean global;
    private final String name;
    private final String canonicalName;

    /** By agent. */
    private final Map<String, SessionKey> keys;

    /** @param agents those that are known, whose keys need not be made again for each request */
    MainSession(SessionConfig config, Set<String> agents) {
        this.global = config.scope() == SessionConfig.Scope.GLOBAL;
        String configured = config.mainKey().strip().toLowerCase(Locale.ROOT);
        this.name = configured.isEmpty() ? SessionKey.MAIN : configured;
        this.canonicalName = SessionKey.of("", name).rest();
        this.keys = agents.stream().collect(Collectors.toUnmodifiableMap(agent -> agent, this::make));
    }

    /** The canonical key of what was sent, for its agent. {@code main} stays an alias when the main key is another. */
    SessionKey canonical(SessionKey sent, String agent) {
        if (!isAlias(sent)) {
            return sent.below(agent);
        }
        if (global) {
            return SessionKey.parse(SessionKey.GLOBAL);
        }
        return sent.agent().isPresent() ? sent.withRest(name) : of(agent);
    }

    MainSession(SessionConfig config) {
        this(config, Set.of());
    }

    private SessionKey of(String agent) {
        SessionKey known = keys.get(agent);
        return known == null ? make(agent) : known;
    }

    private SessionKey make(String agent) {
        return SessionKey.of(agent, name);
    }

    /** The key under which a session that belongs to no agent in particular may be stored. */
    SessionKey canonicalWithoutAgent(SessionKey sent) {
        return global && isAlias(sent) ? SessionKey.parse(SessionKey.GLOBAL) : sent;
    }

    boolean isMain(SessionKey key, String agent) {
        String text = key.text();
        if (global) {
            return text.equals(SessionKey.GLOBAL);
        }
        // the same as keyOf(agent), for every request and without making it
        int prefix = AGENT_PREFIX.length();
        return text.length() == prefix + agent.length() + 1 + canonicalName.length()
                && text.startsWith(AGENT_PREFIX)
                && text.startsWith(agent, prefix)
                && text.charAt(prefix + agent.length()) == ':'
                && text.endsWith(canonicalName);
    }

    /** The key of an agent's main session. */
    String keyOf(String agent) {
        return global ? SessionKey.GLOBAL : of(agent).text();
    }

    private boolean isAlias(SessionKey sent) {
        return sent.rest().equals(SessionKey.MAIN) || sent.rest().equals(name);
    }
}
