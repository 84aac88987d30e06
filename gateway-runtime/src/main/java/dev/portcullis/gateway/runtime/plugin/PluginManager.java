package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.io.IOException;

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
}
