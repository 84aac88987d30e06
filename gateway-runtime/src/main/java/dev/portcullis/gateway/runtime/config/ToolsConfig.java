package dev.portcullis.gateway.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code tools}: the rules that hold for every agent.
 *
 * @param bySender {@code tools.toolsBySender}, by key as written; inert over HTTP, where no sender is known
 * @param subagents {@code tools.subagents.tools}
 * @param sandbox {@code tools.sandbox.tools}
 */
public record ToolsConfig(
        ToolRules rules,
        Map<String, ToolRules> bySender,
        ToolRules subagents,
        ToolRules sandbox,
        Visibility sessionVisibility,
        AgentToAgent agentToAgent) {
    /** Which sessions the session tools show. */
    public enum Visibility {
        SELF,
        TREE,
        AGENT,
        ALL
    }

    /**
     * Whether sessions of other agents are shown.
     *
     * @param allow agents it is limited to; empty for no limit
     */
    public record AgentToAgent(boolean enabled, Optional<List<String>> allow) {}

    public ToolsConfig {
        bySender = Map.copyOf(bySender);
    }
}
