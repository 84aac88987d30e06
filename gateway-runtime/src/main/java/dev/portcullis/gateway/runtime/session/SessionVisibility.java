package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.Glob;
import dev.portcullis.gateway.runtime.config.ToolsConfig.AgentToAgent;
import dev.portcullis.gateway.runtime.config.ToolsConfig.Visibility;
import java.util.Locale;
import java.util.Optional;

/** Which sessions one session may see: itself always; what it spawned, its agent's, or all, as configured. */
final class SessionVisibility implements GatewayServices.Visibility {
    private static final int LONGEST_CHAIN = 128;

    private final String ownKey;
    private final String ownAgent;
    private final Visibility mode;
    private final boolean clamped;
    private final AgentToAgent agentToAgent;
    private final SessionStore store;

    SessionVisibility(InvocationContext context, GatewayConfig config, SessionStore store) {
        this.ownKey = context.sessionKey();
        this.ownAgent = context.agentId();
        this.agentToAgent = config.tools().agentToAgent();
        this.store = store;
        Visibility configured = config.tools().sessionVisibility();
        this.clamped = configured.compareTo(Visibility.TREE) >= 0
                && !config.agents().sandboxSeesAllSessions()
                && Sandboxing.holds(context, config.agents());
        this.mode = clamped ? Visibility.TREE : configured;
    }

    @Override
    public String mode() {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<String> warning() {
        String scope = switch (mode) {
            case SELF -> "current session only";
            case TREE -> "current session + own spawn subtree";
            case AGENT -> "all sessions of this agent";
            case ALL -> "";
        };
        return mode == Visibility.ALL
                ? Optional.empty()
                : Optional.of("Session visibility is restricted (effective tools.sessions.visibility=" + mode() + ": "
                        + scope + (clamped ? " (sandbox: spawned sessions only)" : "")
                        + "). Sessions outside that scope are omitted from results and count.");
    }

    boolean sees(String key, String agent) {
        return refusal(key, agent, "").isEmpty();
    }

    /** Decided by the key and its lineage alone: whether such a session exists makes no difference. */
    Optional<String> refusal(String key, String agent, String subject) {
        if (key.equals(ownKey)) {
            return Optional.empty();
        }
        String what = "Session " + subject + " visibility is restricted";
        boolean foreign = !agent.equals(ownAgent);
        return switch (mode) {
            case SELF -> Optional.of(what + " to the current session (tools.sessions.visibility=self).");
            case TREE ->
                spawnedByOwn(key)
                        ? Optional.empty()
                        : Optional.of(what + " to the current session tree (tools.sessions.visibility=tree).");
            case AGENT ->
                foreign
                        ? Optional.of(what + ". Set tools.sessions.visibility=all to allow cross-agent access.")
                        : Optional.empty();
            case ALL -> foreign ? crossAgentRefusal(agent, subject) : Optional.empty();
        };
    }

    private Optional<String> crossAgentRefusal(String agent, String subject) {
        if (!agentToAgent.enabled()) {
            return Optional.of("Agent-to-agent " + subject
                    + " is disabled. Set tools.agentToAgent.enabled=true to allow cross-agent access.");
        }
        boolean allowed = allows(ownAgent) && allows(agent);
        return allowed
                ? Optional.empty()
                : Optional.of("Agent-to-agent " + subject + " denied by tools.agentToAgent.allow.");
    }

    private boolean allows(String agent) {
        return agentToAgent
                .allow()
                .filter(patterns -> !patterns.isEmpty())
                .map(patterns -> patterns.stream().anyMatch(pattern -> matches(pattern, agent)))
                .orElse(true);
    }

    private static boolean matches(String pattern, String agent) {
        return new Glob(pattern.strip().toLowerCase(Locale.ROOT)).matches(agent);
    }

    /** A chain that is longer is of nobody's making, and ends out of sight. */
    private boolean spawnedByOwn(String key) {
        String at = key;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            Optional<String> spawner = store.find(at).flatMap(StoredSession::spawnedBy);
            if (spawner.isEmpty()) {
                return false;
            }
            if (spawner.get().equals(ownKey)) {
                return true;
            }
            at = spawner.get();
        }
        return false;
    }
}
