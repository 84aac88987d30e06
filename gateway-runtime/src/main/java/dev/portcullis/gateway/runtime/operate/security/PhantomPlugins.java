package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A name is let in that nobody has: whoever brings a plugin of that name is let in too. */
final class PhantomPlugins extends Check {
    PhantomPlugins() {
        super("plugins.allow_phantom_entries");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> allowed = gateway.settings().texts("plugins.allow");
        if (!gateway.loadsPlugins() || gateway.plugins().names().isEmpty() || allowed.isEmpty()) {
            return;
        }
        Set<String> names = gateway.pluginNames();
        List<String> phantom = allowed.stream()
                .filter(name -> !names.contains(name) && !gateway.builtIn(name))
                .distinct()
                .toList();
        if (!phantom.isEmpty()) {
            found.accept(warn(
                    "plugins.allow",
                    "plugins.allow names plugins that are not there",
                    "No plugin in the plugin folders is called: " + String.join(", ", phantom)
                            + ". A file of that name would be loaded at once.",
                    "Remove the names, or correct their spelling."));
        }
    }
}
