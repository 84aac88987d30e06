package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A plugin reaches for more than it says. */
final class UndeclaredCapabilities extends Check {
    UndeclaredCapabilities() {
        super("portcullis.plugins.undeclared_capabilities");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        for (ScannedPlugin plugin : gateway.scannedPlugins()) {
            if (!plugin.undeclared().isEmpty()) {
                found.accept(
                        warn(
                                "plugins.capabilities",
                                "A plugin uses capabilities that it does not state",
                                plugin.path() + (plugin.stated().isEmpty() ? " states nothing" : " leaves out")
                                        + ", and its code uses: " + ScannedPlugin.list(plugin.undeclared()) + ".",
                                "Ask its author to state them, or refuse such plugins with plugins.capabilities = \"enforce\"."));
            }
        }
    }
}
