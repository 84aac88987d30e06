package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code plugins}.
 *
 * @param enabled whether folder plugins are loaded at all; built-ins always are
 * @param allow names that may load; no limit if empty
 * @param loadPaths further jars and folders, absolute
 * @param entries by plugin name, in the order of the file
 * @param watch whether changes in the folders go live by themselves
 * @param drain how long calls into a replaced plugin may go on before they are interrupted
 */
public record PluginsConfig(
        boolean enabled,
        Set<String> allow,
        Set<String> deny,
        List<Path> loadPaths,
        Map<String, Entry> entries,
        PluginTrust trust,
        boolean watch,
        Duration drain) {
    static final Duration DRAIN = Duration.ofSeconds(60);

    /**
     * One plugin.
     *
     * @param required the gateway does not start without it
     * @param config plain values
     * @param services what the gateway lends to its tools: {@code sessions}, {@code invoker}, {@code config}
     */
    public record Entry(Optional<Boolean> enabled, boolean required, Map<String, Object> config, Set<String> services) {
        /** Its block could hold secrets. */
        @Override
        public String toString() {
            return "Entry[enabled=" + enabled + ", required=" + required + ", services=" + services + "]";
        }
    }

    public PluginsConfig {
        allow = Set.copyOf(allow);
        deny = Set.copyOf(deny);
        loadPaths = List.copyOf(loadPaths);
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
