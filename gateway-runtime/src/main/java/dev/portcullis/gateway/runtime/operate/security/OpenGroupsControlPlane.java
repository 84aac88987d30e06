package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** Strangers talk to something that controls the gateway. */
final class OpenGroupsControlPlane extends Check {
    OpenGroupsControlPlane() {
        super("security.exposure.open_groups_with_control_plane_tools");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> open = gateway.channels().openKeys();
        List<String> tools =
                gateway.tools().reachable("gateway", "automations", "nodes", "sessions_spawn", "sessions_send");
        if (!open.isEmpty() && !tools.isEmpty()) {
            found.accept(critical(
                    open.getFirst(),
                    "Open channels with tools that control the gateway",
                    "Open: " + String.join(", ", open) + "; not hidden by tools: " + String.join(", ", tools) + ".",
                    "Set them to \"allowlist\", or deny these tools in tools.deny."));
        }
    }
}
