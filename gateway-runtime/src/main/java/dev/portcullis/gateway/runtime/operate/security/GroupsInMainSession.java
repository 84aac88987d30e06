package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** What is said in a group is said in everybody's session. */
final class GroupsInMainSession extends Check {
    private static final List<String> GROUPS = List.of("groups", "guilds", "channels", "teams", "groupAllowFrom");

    GroupsInMainSession() {
        super("security.trust_model.group_scope_main");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (!gateway.settings().says("session.groupScope", "main")) {
            return;
        }
        List<String> groups = gateway.channels().scopes().entrySet().stream()
                .filter(scope -> !scope.getValue().says("groupPolicy", "disabled"))
                .filter(scope ->
                        scope.getValue().has("groupPolicy") || GROUPS.stream().anyMatch(scope.getValue()::has))
                .map(java.util.Map.Entry::getKey)
                .toList();
        if (!groups.isEmpty()) {
            found.accept(warn(
                    "session.groupScope",
                    "Groups share the main session",
                    "session.groupScope is \"main\", and these channels have groups: " + String.join(", ", groups)
                            + ". Whoever is in a group sees and steers what the others said.",
                    "Set session.groupScope to \"per-group\"."));
        }
    }
}
