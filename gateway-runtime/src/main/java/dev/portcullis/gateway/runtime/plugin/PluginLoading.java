package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A plugin on its way in, with its providers so far, in order of creation; or one that serves already and stays. */
final class PluginLoading {
    private final PluginIdentity identity;
    private final Set<String> names;
    private final Set<String> everyName = new TreeSet<>();
    private final Set<ProviderKind> declared = EnumSet.noneOf(ProviderKind.class);
    private final ClassLoader loader;
    private final Runnable release;
    private final Optional<LoadedPlugin> replaces;
    private final @Nullable LoadedPlugin kept;
    private final List<ProviderInstance> providers = new ArrayList<>();
    private final Map<String, Set<String>> services = new LinkedHashMap<>();

    /**
     * @param names by which the configuration may mean it, apart from its providers'
     * @param replaces the generation that serves until this one does
     */
    PluginLoading(
            PluginIdentity identity,
            Set<String> names,
            ClassLoader loader,
            Optional<LoadedPlugin> replaces,
            Runnable release) {
        this(identity, names, loader, replaces, release, null);
    }

    private PluginLoading(
            PluginIdentity identity,
            Set<String> names,
            ClassLoader loader,
            Optional<LoadedPlugin> replaces,
            Runnable release,
            @Nullable LoadedPlugin kept) {
        this.identity = identity;
        this.names = names;
        this.loader = loader;
        this.replaces = replaces;
        this.release = release;
        this.kept = kept;
        this.everyName.addAll(names);
    }

    /** One that goes on as it is. */
    static PluginLoading kept(LoadedPlugin plugin) {
        PluginLoading loading = new PluginLoading(
                plugin.identity(), Set.of(), plugin.classLoader(), Optional.empty(), () -> {}, plugin);
        plugin.providers().forEach(loading::add);
        return loading;
    }

    PluginIdentity identity() {
        return identity;
    }

    boolean builtIn() {
        return identity.origin() == PluginOrigin.BUILT_IN;
    }

    boolean kept() {
        return kept != null;
    }

    boolean keeps(LoadedPlugin plugin) {
        return plugin.equals(kept);
    }

    Optional<LoadedPlugin> replaces() {
        return replaces;
    }

    ClassLoader loader() {
        return loader;
    }

    List<ProviderInstance> providers() {
        return providers;
    }

    /** As it is known now. */
    Candidate candidate() {
        return new Candidate(identity, declared, names(), replaces);
    }

    void add(ProviderInstance provider) {
        providers.add(provider);
        declared.add(provider.kind());
    }

    /** Remembers a name by which the configuration may mean a part of it. */
    void know(Set<String> more) {
        everyName.addAll(more);
    }

    /** Lets go of a provider that the configuration keeps out. */
    void drop(ProviderInstance provider) {
        everyName.add(provider.name());
        providers.remove(provider);
        provider.close();
    }

    void grant(String provider, Set<String> granted) {
        services.put(provider, granted);
    }

    /** By which the configuration may mean it or this provider of it. */
    Set<String> namesWith(ProviderInstance provider) {
        Set<String> all = new TreeSet<>(names);
        all.add(provider.name());
        return all;
    }

    private Set<String> names() {
        Set<String> all = new LinkedHashSet<>(names);
        providers.forEach(provider -> all.add(provider.name()));
        all.remove("");
        return all;
    }

    /** Its libraries find their drivers by URL from then on, as they do on a class path. */
    void registerDrivers(Duration limit) {
        own().ifPresent(type -> JdbcDrivers.register(type, limit));
    }

    /** A class of the plugin itself. */
    private Optional<Class<?>> own() {
        return providers.stream()
                .<Class<?>>map(ProviderInstance::type)
                .filter(type -> loader.equals(type.getClassLoader()))
                .findFirst();
    }

    /** Closes what was created, also after a failure; one that serves is left alone. */
    void abandon() {
        if (!kept()) {
            providers.reversed().forEach(ProviderInstance::close);
            own().ifPresent(JdbcDrivers::deregister);
            release.run();
        }
    }

    LoadedPlugin loaded(GatewayConfig config, PluginSelection selection) {
        everyName.addAll(names());
        return loaded(PluginStamp.of(everyName, builtIn(), config, selection));
    }

    /** With what the configuration says of it. */
    LoadedPlugin loaded(PluginStamp stamp) {
        return kept != null ? kept : new LoadedPlugin(identity, loader, providers, services, everyName, stamp, release);
    }
}
