package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.plugin.PluginCensus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Nobody would notice that a plugin is another one than was installed. */
final class UnlockedPlugins extends Check {
    UnlockedPlugins() {
        super("portcullis.plugins.unlocked");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (!gateway.loadsPlugins() || gateway.subject().trust().verify() == PluginTrust.Verify.SIGNED) {
            return; // the signature says more
        }
        List<String> unlisted = new ArrayList<>();
        List<String> unpromised = new ArrayList<>();
        for (PluginCensus.Plugin plugin : gateway.plugins().plugins()) {
            switch (plugin.lock()) {
                case ABSENT -> unpromised.add(plugin.path().toString());
                case UNLISTED -> unlisted.add(plugin.path().toString());
                case UNUSABLE -> unlisted.add(plugin.path() + " (its plugins.lock cannot be read)");
                case CHANGED, AS_INSTALLED -> {}
            }
        }
        String remedy =
                "Install plugins with \"portcullis plugins install\", which locks them, and set plugins.verify to"
                        + " \"locked\".";
        if (!unlisted.isEmpty()) {
            found.accept(warn(
                    "plugins.verify",
                    "Plugins are missing in the lock file",
                    "Beside a plugins.lock, but not in it: " + String.join(", ", unlisted)
                            + ". Somebody has put them there by hand.",
                    remedy));
        }
        if (!unpromised.isEmpty()) {
            found.accept(info(
                    "plugins.verify",
                    "Plugins are not locked",
                    "No plugins.lock lies beside: " + String.join(", ", unpromised)
                            + ". A change of these files would not be noticed.",
                    remedy));
        }
    }
}
