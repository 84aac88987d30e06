package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Settings that no plugin reads. */
final class PhantomEntries extends Check {
    PhantomEntries() {
        super("portcullis.plugins.phantom_entries");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> written =
                List.copyOf(gateway.settings().children("plugins.entries").keySet());
        if (!gateway.loadsPlugins() || gateway.plugins().names().isEmpty() || written.isEmpty()) {
            return;
        }
        Set<String> names = gateway.pluginNames();
        List<String> phantom = written.stream()
                .filter(name -> !names.contains(name) && !gateway.builtIn(name))
                .toList();
        if (!phantom.isEmpty()) {
            found.accept(info(
                    "plugins.entries." + phantom.getFirst(),
                    "Settings of plugins that are not there",
                    "plugins.entries has " + String.join(", ", phantom)
                            + ", and no plugin in the plugin folders is called so. What they lend and what secrets they hold waits"
                            + " for whoever brings one.",
                    "Remove them, or correct their spelling."));
        }
    }
}
