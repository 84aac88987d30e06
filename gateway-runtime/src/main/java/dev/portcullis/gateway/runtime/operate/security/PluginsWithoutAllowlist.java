package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** Whatever lies in a folder is loaded. */
final class PluginsWithoutAllowlist extends Check {
    PluginsWithoutAllowlist() {
        super("plugins.extensions_no_allowlist");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> installed = gateway.plugins().names();
        if (!installed.isEmpty()
                && gateway.settings().texts("plugins.allow").isEmpty()
                && !gateway.settings().off("plugins.enabled")) {
            found.accept(warn(
                    "plugins.allow",
                    "Plugins are loaded without a list",
                    "plugins.allow is empty, so everything in the plugin folders is loaded: "
                            + String.join(", ", installed) + ".",
                    "Name the plugins you want in plugins.allow."));
        }
    }
}
