package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** Tools of plugins can be reached without anybody allowing them. */
final class PermissivePluginTools extends Check {
    PermissivePluginTools() {
        super("plugins.tools_reachable_permissive_policy");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> installed = gateway.plugins().names();
        boolean narrow = !gateway.settings().texts("tools.allow").isEmpty()
                || gateway.settings().texts("tools.deny").contains("group:plugins");
        if (!installed.isEmpty() && !narrow && !gateway.settings().off("plugins.enabled")) {
            found.accept(warn(
                    "tools.allow",
                    "Tools of plugins can be reached without being allowed",
                    "tools.allow is empty, and a profile does not limit plugins' tools. Plugins: "
                            + String.join(", ", installed) + ".",
                    "Name the tools you want in tools.allow, or deny group:plugins."));
        }
    }
}
