package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.io.IOException;
import java.util.List;

/** Loads plugins: for {@code Gateway}, which makes one manager and closes the set it gave after the last request. */
public final class PluginManager {
    private final PluginEnvironment environment;
    private final PluginVerifier verifier;
    private final ModuleWorld world;

    /** @throws IOException if the folder for private copies cannot be made or emptied */
    public PluginManager(PluginEnvironment environment) throws IOException {
        this(environment, JarLimits.DEFAULT);
    }

    PluginManager(PluginEnvironment environment, JarLimits limits) throws IOException {
        PrivateCopies copies = PrivateCopies.in(environment.copies());
        this.environment = environment;
        this.verifier =
                new PluginVerifier(copies, FileTrust.ofFilesIn(copies.folder()), limits, environment.apiVersion());
        this.world = new ModuleWorld(environment.parent());
    }

    /**
     * Loads the built-ins and what lies in the folders.
     *
     * @return what serves, and the tool plugins that are in quarantine
     * @throws PluginStartException if the gateway must not start; nothing stays loaded then
     */
    public PluginSet load(GatewayConfig config) throws PluginStartException {
        return new PluginLoad(environment, verifier, world, config).run();
    }

    /** The same with other built-in providers: for a load after the first, which needs instances of its own. */
    public PluginSet load(
            GatewayConfig config,
            List<ToolProvider> tools,
            List<AuthProvider> authenticators,
            List<PolicySourceProvider> policySources)
            throws PluginStartException {
        PluginEnvironment once = environment
                .with(tools, authenticators, policySources)
                .withLoadDeadline(config.plugins().trust().loadTimeout());
        return new PluginLoad(once, verifier, world, config).run();
    }
}
