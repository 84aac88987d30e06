package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** An agent has more tools than all are meant to have. */
final class MinimalOverridden extends Check {
    MinimalOverridden() {
        super("tools.profile_minimal_overridden");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (!gateway.settings().says("tools.profile", "minimal")) {
            return;
        }
        List<String> wider = gateway.tools().agents().entrySet().stream()
                .filter(agent -> !agent.getValue().text("tools.profile").isEmpty())
                .filter(agent -> !agent.getValue().says("tools.profile", "minimal"))
                .map(agent ->
                        agent.getKey() + ".tools.profile=" + agent.getValue().text("tools.profile"))
                .toList();
        if (!wider.isEmpty()) {
            found.accept(warn(
                    wider.getFirst().substring(0, wider.getFirst().indexOf('=')),
                    "An agent widens the minimal profile",
                    "tools.profile is \"minimal\", but: " + String.join(", ", wider) + ".",
                    "Set the agent's profile to \"minimal\" too, or allow single tools with alsoAllow."));
        }
    }
}
