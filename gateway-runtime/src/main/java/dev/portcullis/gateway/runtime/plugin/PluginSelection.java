package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.util.Collection;
import java.util.Optional;

/** What {@code plugins.allow}, {@code plugins.deny} and {@code plugins.entries.<name>.enabled} say about a name. */
final class PluginSelection {
    private final PluginsConfig config;
    private final PluginSwitches switches;

    PluginSelection(PluginsConfig config, PluginSwitches switches) {
        this.config = config;
        this.switches = switches;
    }

    /** The line that keeps one of the names out. */
    Optional<String> keepsOut(Collection<String> names) {
        for (String name : names) {
            if (config.deny().contains(name)) {
                return Optional.of("plugins.deny names \"" + name + "\"");
            }
            Optional<String> off = switchedOff(name);
            if (off.isPresent()) {
                return off;
            }
        }
        return Optional.empty();
    }

    /** The line that switches a plugin or provider off. */
    Optional<String> switchedOff(String name) {
        PluginsConfig.Entry entry = config.entries().get(name);
        if (entry != null && !entry.enabled().orElse(true)) {
            return Optional.of("plugins.entries." + name + ".enabled is false");
        }
        return switches.off(name)
                ? Optional.of("\"portcullis plugins disable " + name
                        + "\" switched it off; \"portcullis plugins enable " + name + "\" brings it back")
                : Optional.empty();
    }

    /** Whether {@code plugins.allow} lets one of the names in. */
    boolean letsIn(Collection<String> names) {
        return config.allow().isEmpty() || names.stream().anyMatch(config.allow()::contains);
    }

    /**
     * Why a provider stays out before any code of its plugin runs. A name that only running would tell is no name that an
     * allow list has.
     */
    Optional<String> keepsOut(ProviderDeclaration provider, boolean wholePlugin) {
        Optional<String> known = provider.knownName();
        Optional<String> line = keepsOut(known.stream().toList());
        if (line.isPresent() || wholePlugin || letsIn(known.stream().toList())) {
            return line;
        }
        return Optional.of(known.map(name -> "plugins.allow does not list \"" + name + "\"")
                .orElse("plugins.allow does not list its file, and the name of " + provider.className()
                        + " is not known before it runs"));
    }
}
