package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.auth.NamedAuthenticator;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.policy.NamedPolicySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A plugin that serves: for {@code Gateway}, which hands its parts to catalog, policy engine and authentication chain, and for
 * what operators are shown. Immutable but for {@link #close()}.
 */
public final class LoadedPlugin implements AutoCloseable {
    private final PluginIdentity identity;
    private final ClassLoader loader;
    private final List<ProviderInstance> providers;
    private final Map<String, Set<String>> services;
    private final List<String> unusedKeys;
    private final Set<String> everyName;
    private final PluginStamp stamp;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param providers in order of creation
     * @param services granted, by provider name
     * @param everyName by which the configuration may mean it or a part of it
     * @param stamp what the configuration said of it when it was loaded
     * @param release lets go of the loader's files
     */
    LoadedPlugin(
            PluginIdentity identity,
            ClassLoader loader,
            List<ProviderInstance> providers,
            Map<String, Set<String>> services,
            Set<String> everyName,
            PluginStamp stamp,
            Runnable release) {
        this.identity = identity;
        this.loader = loader;
        this.providers = List.copyOf(providers);
        this.services = Map.copyOf(services);
        // what a built-in is told of gateway.auth is not the operator's spelling
        this.unusedKeys = providers.stream()
                .flatMap(provider -> provider.unusedKeys().stream())
                .filter(path -> path.startsWith("plugins."))
                .toList();
        this.everyName = Set.copyOf(everyName);
        this.stamp = stamp;
        this.release = release;
    }

    List<ProviderInstance> providers() {
        return providers;
    }

    /** Whether a configuration says of it what the one said that it was loaded with. */
    boolean fits(GatewayConfig config, PluginSelection selection) {
        return stamp.equals(PluginStamp.of(everyName, identity.origin() == PluginOrigin.BUILT_IN, config, selection));
    }

    /** Whether it was examined by these rules. */
    boolean loadedUnder(PluginTrust trust) {
        return stamp.trust().equals(Optional.of(trust));
    }

    public PluginIdentity identity() {
        return identity;
    }

    /** The context class loader of every call into the plugin. */
    ClassLoader classLoader() {
        return loader;
    }

    /** Names of all its providers, in order of creation. */
    public List<String> providerNames() {
        return providers.stream().map(ProviderInstance::name).toList();
    }

    /** Its tools with their descriptors, read once, and their schemas, compiled. */
    public List<CatalogTool> tools() {
        return providers.stream().flatMap(provider -> provider.tools().stream()).toList();
    }

    public List<NamedAuthenticator> authenticators() {
        return providers.stream()
                .map(ProviderInstance::authenticator)
                .flatMap(Optional::stream)
                .toList();
    }

    public List<NamedPolicySource> policySources() {
        return providers.stream()
                .map(ProviderInstance::policySource)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What the gateway lends to the tools of a provider. */
    public Set<String> grantedServices(String provider) {
        return services.getOrDefault(provider, Set.of());
    }

    /** Its modules, those of its own layer only; empty for a class path. */
    public List<PluginModule> modules() {
        return PluginModule.of(providers.stream().map(ProviderInstance::module).toList());
    }

    /** Everything by which an operator may call it. */
    public Set<String> names() {
        return FailClosed.namesOf(this);
    }

    /** Configuration keys that the plugin did not ask for while it was loaded, as full paths. */
    public List<String> unusedKeys() {
        return unusedKeys;
    }

    /** Closes the providers in reverse order of creation, once; what they throw is logged. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            providers.reversed().forEach(ProviderInstance::close);
            release.run();
        }
    }

    /** Closes a plugin that others go on without: what it leaves behind is cleared away, or named. */
    public void retire() {
        close();
        PluginRemains.of(identity, loader).clear(providers.stream().map(ProviderInstance::type));
    }

    @Override
    public String toString() {
        return "LoadedPlugin[" + identity.id() + ", generation " + identity.generation() + "]";
    }
}
