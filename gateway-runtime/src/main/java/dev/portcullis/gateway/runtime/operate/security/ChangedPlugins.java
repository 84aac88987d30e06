package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.plugin.PluginCensus;
import java.util.function.Consumer;

/** A plugin is not what was installed. */
final class ChangedPlugins extends Check {
    ChangedPlugins() {
        super("portcullis.plugins.changed");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (!gateway.loadsPlugins()) {
            return;
        }
        gateway.plugins().plugins().stream()
                .filter(plugin -> plugin.lock() == PluginCensus.Lock.CHANGED)
                .forEach(plugin -> found.accept(critical(
                        "plugins.verify",
                        "A plugin is not what was installed",
                        plugin.path() + ": its content is another one than plugins.lock has, or it cannot be read.",
                        "Find out who changed it. If you trust it, run: portcullis plugins install --replace '"
                                + plugin.path() + "'")));
    }
}
