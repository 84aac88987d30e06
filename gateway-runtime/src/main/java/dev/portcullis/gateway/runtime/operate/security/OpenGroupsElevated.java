package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** Strangers talk to something that may leave its sandbox. */
final class OpenGroupsElevated extends Check {
    OpenGroupsElevated() {
        super("security.exposure.open_groups_with_elevated");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> open = gateway.channels().openKeys();
        if (!open.isEmpty() && gateway.tools().elevated()) {
            found.accept(critical(
                    open.getFirst(),
                    "Open channels with elevated tools",
                    "Open: " + String.join(", ", open) + "; tools.elevated is not switched off.",
                    "Set them to \"allowlist\", or tools.elevated.enabled to false."));
        }
    }
}
