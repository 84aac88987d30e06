package dev.portcullis.gateway.runtime.plugin;

import java.util.List;

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

    /** Closes the plugins in reverse order of creation. */
    @Override
    public void close() {
        plugins.reversed().forEach(LoadedPlugin::close);
    }
}
