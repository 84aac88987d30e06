package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Loads plugins: for {@code Gateway}, which makes one manager and closes the set it gave after the last request. */
public final class PluginManager {
    private final PluginEnvironment environment;
    private final PluginVerifier verifier;
    private final ModuleWorld world;
    private final Generations generations = new Generations();
    private final FailedLoads failures = new FailedLoads();
    private Map<Path, PluginWatch.Look> firstLook = Map.of();

    /** @throws IOException if the folder for private copies cannot be made or emptied */
    public PluginManager(PluginEnvironment environment) throws IOException {
        this(environment, JarLimits.DEFAULT);
    }

    PluginManager(PluginEnvironment environment, JarLimits limits) throws IOException {
        PrivateCopies copies = PrivateCopies.in(environment.copies());
        this.environment = environment;
        this.verifier = new PluginVerifier(copies, Writers.OF_PLACES, limits, environment.apiVersion());
        this.world = new ModuleWorld(environment.parent());
    }

    /**
     * Loads the built-ins and what lies in the folders.
     *
     * @return what serves, and the tool plugins that are in quarantine
     * @throws PluginStartException if the gateway must not start; nothing stays loaded then
     */
    PluginSet load(GatewayConfig config) throws PluginStartException {
        return new PluginLoad(environment, verifier, world, config, Predecessor.NONE, generations, failures).run();
    }

    /**
     * Loads again, beside what serves. What did not change is in both sets, and the same object if nothing changed at all.
     * What could not be replaced stays in the new set, with the reason among its problems.
     *
     * @param tools new instances of the built-in providers
     * @throws PluginStartException if this must not serve; what serves is left alone
     */
    public PluginSet load(
            Predecessor before,
            GatewayConfig config,
            List<ToolProvider> tools,
            List<AuthProvider> authenticators,
            List<PolicySourceProvider> policySources)
            throws PluginStartException {
        if (!before.serving()) {
            firstLook = PluginWatch.look(environment.folders(), environment.switches(), config.plugins());
        }
        PluginEnvironment once = environment
                .with(tools, authenticators, policySources)
                .withLoadDeadline(config.plugins().trust().loadTimeout());
        return new PluginLoad(once, verifier, world, config, before, generations, failures).run();
    }

    /**
     * Watches the folders.
     *
     * @param config what holds now
     * @param changed called on the watching thread with the plugins whose files are still being written
     */
    public PluginWatch watch(Supplier<PluginsConfig> config, Consumer<Set<Path>> changed) {
        return new PluginWatch(environment.folders(), environment.switches(), config, changed, firstLook);
    }
}
