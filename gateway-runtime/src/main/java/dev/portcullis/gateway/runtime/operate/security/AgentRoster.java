package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Several agents claim to be the default. */
final class AgentRoster extends Check {
    AgentRoster() {
        super("config.agent_roster.invalid_default_count");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        Map<String, Settings> agents = gateway.tools().agents();
        List<String> defaults = agents.entrySet().stream()
                .filter(agent -> agent.getValue().on("default"))
                .map(Map.Entry::getKey)
                .toList();
        if (defaults.size() > 1) {
            found.accept(warn(
                    defaults.getLast() + ".default",
                    "More than one agent is the default",
                    "Marked with default=true: " + String.join(", ", defaults) + ".",
                    "Leave the mark on one of them."));
        }
    }
}
