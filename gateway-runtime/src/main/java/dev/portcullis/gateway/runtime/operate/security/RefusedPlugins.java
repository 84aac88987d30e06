package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.ShellWord;
import java.util.function.Consumer;

/** A plugin lies there that the gateway does not load. */
final class RefusedPlugins extends Check {
    RefusedPlugins() {
        super("portcullis.plugins.refused");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        for (ScannedPlugin plugin : gateway.scannedPlugins()) {
            if (plugin.examination().isPresent() && !plugin.problems().isEmpty()) {
                found.accept(warn(
                        "",
                        "A plugin would not be loaded",
                        plugin.path() + ": " + String.join(" ", plugin.problems()),
                        "Do what it says, or remove it; portcullis plugins verify " + ShellWord.quoted(plugin.path())));
            }
        }
    }
}
