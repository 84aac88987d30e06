package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.plugin.PluginEnvironment;
import dev.portcullis.gateway.runtime.plugin.PluginManager;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.plugin.PluginStartException;
import dev.portcullis.gateway.runtime.plugin.PluginWatch;
import dev.portcullis.gateway.runtime.plugin.Predecessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The plugins of one gateway, as often as they are loaded. */
final class PluginHost {
    private static final System.Logger LOG = System.getLogger(PluginHost.class.getName());

    private final GatewayOptions options;
    private final PluginManager manager;

    PluginHost(GatewayOptions options, StateDirectory state) throws GatewayStartException {
        this.options = options;
        Path copies = state.path().resolve("plugins");
        try {
            this.manager = new PluginManager(PluginEnvironment.of(
                    List.of(),
                    List.of(),
                    List.of(),
                    options.home().map(home -> home.resolve("plugins")).stream().toList(),
                    copies));
        } catch (IOException unwritable) {
            throw new GatewayStartException(
                    List.of("The folder for private copies of plugins, " + copies + ", cannot be used: " + unwritable
                            + ". Check its permissions."),
                    false);
        }
    }

    /**
     * Loads the built-ins and what lies in the folders, beside what serves.
     *
     * @throws GatewayStartException if it must not serve so; nothing new stays loaded then
     */
    PluginSet load(GatewayConfig config, Predecessor before) throws GatewayStartException {
        GatewayOptions.BuiltIns builtIns = options.builtIns().get();
        try {
            PluginSet plugins =
                    manager.load(before, config, builtIns.tools(), builtIns.authenticators(), builtIns.policySources());
            List<PluginProblem> known =
                    before.running().map(PluginSet::problems).orElse(List.of());
            plugins.problems().stream()
                    .filter(problem -> !known.contains(problem))
                    .forEach(problem -> LOG.log(System.Logger.Level.ERROR, problem.text()));
            return plugins;
        } catch (PluginStartException refused) {
            throw new GatewayStartException(
                    refused.problems().stream().map(PluginProblem::text).toList(), true);
        }
    }

    PluginWatch watch(Supplier<PluginsConfig> config, Consumer<Set<Path>> changed) {
        return manager.watch(config, changed);
    }
}
