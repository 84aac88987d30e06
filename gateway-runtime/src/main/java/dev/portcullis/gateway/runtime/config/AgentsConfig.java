package dev.portcullis.gateway.runtime.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code agents}.
 *
 * @param entries by normalised agent id, in the order of the file; empty if none is configured
 * @param systemAgent the agent that owns requests which name none: configured, or marked as default
 * @param explicitOwnership {@code agents.ownership: "explicit"}: no fallback owner
 * @param maxSpawnDepth subagents at this depth are leaves
 */
public record AgentsConfig(
        Map<String, Agent> entries,
        Optional<String> systemAgent,
        boolean explicitOwnership,
        SandboxMode sandboxMode,
        boolean sandboxSeesAllSessions,
        int maxSpawnDepth,
        Optional<String> model) {
    /** When a session counts as sandboxed. */
    public enum SandboxMode {
        OFF,
        NON_MAIN,
        ALL
    }

    /**
     * One agent.
     *
     * @param bySender {@code toolsBySender} of the agent's tools
     * @param sandboxMode overrides the default
     * @param sandbox {@code tools.sandbox.tools} of the agent
     * @param subagents {@code tools.subagents.tools} of the agent
     */
    public record Agent(
            String id,
            Optional<String> name,
            ToolRules tools,
            Map<String, ToolRules> bySender,
            Optional<SandboxMode> sandboxMode,
            ToolRules sandbox,
            ToolRules subagents,
            Optional<String> model) {
        public Agent {
            bySender = Map.copyOf(bySender);
        }
    }

    public AgentsConfig {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
