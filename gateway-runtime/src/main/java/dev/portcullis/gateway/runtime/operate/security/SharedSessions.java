package dev.portcullis.gateway.runtime.operate.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Agents see each other's sessions, and nobody has said that they should. */
final class SharedSessions extends Check {
    private static final String[] TOOLS = {
        "sessions_list", "sessions_history", "sessions_search", "sessions_send", "session_status"
    };
    private static final List<String> RESTRICTIONS = List.of("profile", "allow", "deny");

    SharedSessions() {
        super("security.trust_model.cross_agent_session_access_default");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        Map<String, Settings> agents = gateway.tools().agents();
        Settings settings = gateway.settings();
        String visibility = settings.text("tools.sessions.visibility");
        boolean everything = visibility.isEmpty() || visibility.equals("all");
        if (agents.size() < 2
                || !everything
                || settings.off("tools.agentToAgent.enabled")
                || !settings.items("tools.agentToAgent.allow").isEmpty()
                || gateway.tools().reachable(TOOLS).isEmpty()) {
            return;
        }
        List<String> signs = new ArrayList<>(gateway.channels().openKeys());
        gateway.tools().agentsAndDefaults().forEach((path, agent) -> {
            if (agent.has("sandbox.mode") && !agent.says("sandbox.mode", "off")) {
                signs.add(path + ".sandbox.mode");
            }
            RESTRICTIONS.stream()
                    .filter(key -> agent.has("tools." + key))
                    .forEach(key -> signs.add(path + ".tools." + key));
        });
        String title = "Agents see the sessions of all others";
        String detail = "tools.sessions.visibility is \"all\" and tools.agentToAgent limits nothing, for "
                + String.join(", ", agents.keySet()) + "."
                + (signs.isEmpty() ? "" : "\nSigns that they are not trusted alike: " + String.join(", ", signs) + ".");
        String remedy =
                "Set tools.sessions.visibility to \"agent\", name the agents in tools.agentToAgent.allow, or give each"
                        + " circle of trust a gateway of its own.";
        found.accept(
                signs.isEmpty()
                        ? info("tools.sessions.visibility", title, detail, remedy)
                        : warn("tools.sessions.visibility", title, detail, remedy));
    }
}
