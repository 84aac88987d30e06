package dev.portcullis.gateway.runtime.plugin;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plugin on its way in: its providers so far, in order of creation. */
final class PluginLoading {
    private final PluginIdentity identity;
    private final Set<String> names;
    private final Set<ProviderKind> declared = EnumSet.noneOf(ProviderKind.class);
    private final ClassLoader loader;
    private final Runnable release;
    private final List<ProviderInstance> providers = new ArrayList<>();
    private final Map<String, Set<String>> services = new LinkedHashMap<>();

    /** @param names by which the configuration may mean it, apart from its providers' */
    PluginLoading(PluginIdentity identity, Set<String> names, ClassLoader loader, Runnable release) {
        this.identity = identity;
        this.names = names;
        this.loader = loader;
        this.release = release;
    }

    PluginIdentity identity() {
        return identity;
    }

    boolean builtIn() {
        return identity.origin() == PluginOrigin.BUILT_IN;
    }

    ClassLoader loader() {
        return loader;
    }

    List<ProviderInstance> providers() {
        return providers;
    }

    void add(ProviderInstance provider) {
        providers.add(provider);
        declared.add(provider.kind());
    }

    /** Lets go of a provider that the configuration keeps out. */
    void drop(ProviderInstance provider) {
        providers.remove(provider);
        provider.close();
    }

    void grant(String provider, Set<String> granted) {
        services.put(provider, granted);
    }

    Set<String> names() {
        Set<String> all = new LinkedHashSet<>(names);
        providers.forEach(provider -> all.add(provider.name()));
        all.remove("");
        return all;
    }

    Set<ProviderKind> declared() {
        return declared;
    }

    /** Closes what was created, also after a failure. */
    void abandon() {
        providers.reversed().forEach(ProviderInstance::close);
        release.run();
    }

    LoadedPlugin loaded() {
        return new LoadedPlugin(identity, loader, providers, services, release);
    }
}
