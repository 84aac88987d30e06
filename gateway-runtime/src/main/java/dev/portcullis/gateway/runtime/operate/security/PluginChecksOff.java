package dev.portcullis.gateway.runtime.operate.security;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Plugins are loaded without a look. */
final class PluginChecksOff extends Check {
    PluginChecksOff() {
        super("portcullis.plugins.checks_off");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> off = new ArrayList<>();
        for (String key : List.of("plugins.verify", "plugins.capabilities")) {
            if (gateway.settings().says(key, "off")) {
                off.add(key);
            }
        }
        if (!off.isEmpty() && gateway.loadsPlugins()) {
            found.accept(
                    warn(
                            off.getFirst(),
                            "Plugins are not checked when they are loaded",
                            "\"off\" is written in " + String.join(" and ", off) + ".",
                            "Remove it, or set plugins.verify to \"locked\" or \"signed\", and plugins.capabilities to \"enforce\"."));
        }
    }
}
