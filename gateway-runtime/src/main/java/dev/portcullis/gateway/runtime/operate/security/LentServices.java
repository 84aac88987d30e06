package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** Plugins with more than their own tools. */
final class LentServices extends Check {
    LentServices() {
        super("portcullis.plugins.services");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.settings().children("plugins.entries").forEach((name, plugin) -> {
            List<String> services = plugin.texts("services");
            if (services.contains("invoker") || services.contains("config")) {
                found.accept(info(
                        "plugins.entries." + name + ".services",
                        "A plugin may use more than its own tools",
                        "Plugin " + name + " is lent: " + String.join(", ", services) + ".",
                        "Lend only what it needs."));
            }
        });
    }
}
