package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** An entry that looks like a rule, and denies nothing. */
final class NodeDenyIneffective extends Check {
    private static final Pattern COMMAND = Pattern.compile("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)+");

    NodeDenyIneffective() {
        super("gateway.nodes.deny_commands_ineffective");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> idle = gateway.settings().texts("gateway.nodes.commands.deny").stream()
                .filter(entry -> !COMMAND.matcher(entry).matches())
                .toList();
        if (!idle.isEmpty()) {
            found.accept(warn(
                    "gateway.nodes.commands.deny",
                    "Denied commands of nodes that are no names of commands",
                    "Only exact names deny: " + String.join(", ", idle) + ".",
                    "Write the names themselves, such as camera.snap."));
        }
    }
}
