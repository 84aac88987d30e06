package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code plugins}. */
final class PluginsReader {
    private static final List<String> SERVICES = List.of("sessions", "invoker", "config");

    private PluginsReader() {}

    static PluginsConfig read(Section plugins, SecretReferences secrets, ConfigEnvironment environment, Path base) {
        boolean enabled = plugins.flag("enabled").orElse(true);
        Set<String> allow = new HashSet<>(plugins.texts("allow").orElse(List.of()));
        Set<String> deny = new HashSet<>(plugins.texts("deny").orElse(List.of()));
        Section load = plugins.section("load");
        List<Path> paths = load.texts("paths").orElse(List.of()).stream()
                .flatMap(path -> load.file("paths", path, environment, base).stream())
                .toList();
        load.close();
        Map<String, PluginsConfig.Entry> entries =
                plugins.section("entries").each((name, entry) -> entry(entry, secrets));
        plugins.close();
        return new PluginsConfig(enabled, allow, deny, paths, entries);
    }

    private static PluginsConfig.Entry entry(Section entry, SecretReferences secrets) {
        Section config = entry.section("config");
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : config.keys()) {
            Object value = secrets.resolved(config.path(key), config.node(key).orElseThrow());
            if (value != null) {
                values.put(key, value);
            }
        }
        List<String> services = entry.texts("services").orElse(List.of());
        for (String service : services) {
            if (!SERVICES.contains(service)) {
                entry.unknownWord("services", service, SERVICES);
            }
        }
        PluginsConfig.Entry read = new PluginsConfig.Entry(
                entry.flag("enabled"), entry.flag("required").orElse(false), values, Set.copyOf(services));
        entry.close();
        return read;
    }
}
