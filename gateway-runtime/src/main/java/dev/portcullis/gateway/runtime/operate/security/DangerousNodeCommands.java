package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Paired devices can be used to watch people. */
final class DangerousNodeCommands extends Check {
    private static final Set<String> RISKY = Set.of(
            "camera.snap",
            "camera.clip",
            "screen.record",
            "contacts.add",
            "calendar.add",
            "reminders.add",
            "sms.send",
            "sms.search");

    DangerousNodeCommands() {
        super("gateway.nodes.allow_commands_dangerous");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> risky = gateway.settings().texts("gateway.nodes.commands.allow").stream()
                .filter(RISKY::contains)
                .toList();
        if (!risky.isEmpty()) {
            found.accept(criticalIf(
                    gateway.reachableFromElsewhere(),
                    "gateway.nodes.commands.allow",
                    "Dangerous commands of nodes are allowed",
                    "gateway.nodes.commands.allow contains " + String.join(", ", risky) + ".",
                    "Remove those you do not need."));
        }
    }
}
