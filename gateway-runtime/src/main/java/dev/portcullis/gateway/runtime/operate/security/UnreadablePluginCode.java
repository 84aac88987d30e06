package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.ShellWord;
import java.util.function.Consumer;

/** Nobody knows what a plugin does. */
final class UnreadablePluginCode extends Check {
    UnreadablePluginCode() {
        super("plugins.code_safety.scan_failed");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        for (ScannedPlugin plugin : gateway.scannedPlugins()) {
            if (!plugin.failure().isEmpty()) {
                found.accept(warn(
                        "",
                        "A plugin could not be examined",
                        plugin.path() + ": " + plugin.failure(),
                        "See that the gateway's user can read it; portcullis plugins verify "
                                + ShellWord.quoted(plugin.path())));
            }
        }
    }
}
