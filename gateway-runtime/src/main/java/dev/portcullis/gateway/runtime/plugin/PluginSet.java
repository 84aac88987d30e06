package dev.portcullis.gateway.runtime.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a load gave: for {@code Gateway}, which builds catalog, policy engine and authentication chain from it.
 *
 * @param plugins in order of creation, the built-ins first
 * @param problems plugins in quarantine, and why
 * @param skipped what the configuration keeps out
 * @param warnings whole sentences about configuration that concerns no plugin
 */
public record PluginSet(
        List<LoadedPlugin> plugins, List<PluginProblem> problems, List<SkippedPlugin> skipped, List<String> warnings)
        implements AutoCloseable {
    public PluginSet {
        plugins = List.copyOf(plugins);
        problems = List.copyOf(problems);
        skipped = List.copyOf(skipped);
        warnings = List.copyOf(warnings);
    }

    /** Every name by which somebody may mean a plugin that serves: of its files, its module, its providers. */
    public List<String> names() {
        return plugins.stream()
                .flatMap(plugin -> plugin.names().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Names of providers that an earlier set did not have. */
    public Set<String> newProviders(PluginSet earlier) {
        Set<String> names = plugins.stream()
                .flatMap(plugin -> plugin.providerNames().stream())
                .collect(Collectors.toSet());
        earlier.plugins.forEach(plugin -> plugin.providerNames().forEach(names::remove));
        return names;
    }

    /** What is otherwise than in an earlier set, a sentence each. */
    public List<String> since(PluginSet earlier) {
        List<String> changes = new ArrayList<>();
        for (LoadedPlugin plugin : plugins) {
            if (!earlier.plugins.contains(plugin)) {
                changes.add("Plugin " + plugin.identity().id() + " is served as generation "
                        + plugin.identity().generation() + ".");
            }
        }
        Set<String> ids = plugins.stream().map(plugin -> plugin.identity().id()).collect(Collectors.toSet());
        for (LoadedPlugin plugin : earlier.plugins) {
            if (!ids.contains(plugin.identity().id())) {
                changes.add("Plugin " + plugin.identity().id() + " is not served any more.");
            }
        }
        return changes;
    }

    /** Policy sources of an earlier set that nobody asks any more, and what that may mean. */
    public List<String> rulesLost(PluginSet earlier) {
        Set<String> asked = sources(this).keySet();
        List<String> lost = new ArrayList<>();
        sources(earlier).forEach((source, plugin) -> {
            if (!asked.contains(source)) {
                lost.add("The policy source \"" + source + "\" of plugin " + plugin
                        + " is not asked any more: what only its rules kept out may be reached now. If that was not meant,"
                        + " put its file back. With plugins.entries." + source
                        + ".required = true it would go on when its file goes.");
            }
        });
        return lost;
    }

    private static Map<String, String> sources(PluginSet set) {
        Map<String, String> byName = new TreeMap<>();
        set.plugins.forEach(plugin -> plugin.policySources()
                .forEach(source -> byName.put(source.name(), plugin.identity().id())));
        return byName;
    }

    /** Closes the plugins in reverse order of creation. */
    @Override
    public void close() {
        plugins.reversed().forEach(LoadedPlugin::close);
    }
}
