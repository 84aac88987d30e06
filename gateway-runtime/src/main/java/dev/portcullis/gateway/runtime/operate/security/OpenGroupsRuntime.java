package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** Strangers talk to something that reaches this machine. */
final class OpenGroupsRuntime extends Check {
    OpenGroupsRuntime() {
        super("security.exposure.open_groups_with_runtime_or_fs");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> open = gateway.channels().openKeys();
        if (open.isEmpty() || gateway.tools().sandboxed()) {
            return;
        }
        List<String> runtime = gateway.tools().execAllowed() ? gateway.tools().reachable("exec", "process") : List.of();
        List<String> files = gateway.tools().reachable("read", "write", "edit", "apply_patch");
        if (!runtime.isEmpty() || !files.isEmpty()) {
            found.accept(criticalIf(
                    !runtime.isEmpty(),
                    open.getFirst(),
                    "Open channels with tools that reach this machine",
                    "Open: " + String.join(", ", open) + "; not hidden by tools: "
                            + String.join(", ", runtime.isEmpty() ? files : runtime) + ".",
                    "Set them to \"allowlist\", deny group:runtime and group:fs, or set agents.defaults.sandbox.mode to"
                            + " \"all\"."));
        }
    }
}
