package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.auth.AuthSettings;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that a configuration says of one plugin: while it stays the same, so may the plugin. */
record PluginStamp(Map<String, Said> byName, Optional<Path> file, Optional<PluginTrust> trust) {
    /** Of a plugin that is never loaded again. */
    static final PluginStamp NONE = new PluginStamp(Map.of(), Optional.empty(), Optional.empty());

    /** What is said under one name. */
    record Said(
            boolean allowed,
            Optional<String> keptOut,
            Set<String> services,
            Map<String, Object> config,
            Map<String, Object> settings) {
        /** Its values may be secrets. */
        @Override
        public String toString() {
            return "Said[allowed=" + allowed + ", keptOut=" + keptOut + "]";
        }
    }

    /** @param names of its file, its module and its providers, those that are kept out too */
    static PluginStamp of(Collection<String> names, boolean builtIn, GatewayConfig config, PluginSelection selection) {
        PluginsConfig plugins = config.plugins();
        Map<String, Map<String, Object>> settings = builtIn ? AuthSettings.forProviders(config) : Map.of();
        Map<String, Said> byName = new TreeMap<>();
        for (String name : names) {
            Optional<PluginsConfig.Entry> entry =
                    Optional.ofNullable(plugins.entries().get(name));
            byName.put(
                    name,
                    new Said(
                            selection.letsIn(List.of(name)),
                            selection.keepsOut(List.of(name)),
                            entry.map(PluginsConfig.Entry::services).orElse(Set.of()),
                            entry.map(PluginsConfig.Entry::config).orElse(Map.of()),
                            settings.getOrDefault(name, Map.of())));
        }
        return new PluginStamp(
                Map.copyOf(byName),
                config.document().file(),
                builtIn ? Optional.empty() : Optional.of(plugins.trust()));
    }
}
