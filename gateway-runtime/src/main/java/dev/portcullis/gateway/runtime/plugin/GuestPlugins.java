package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads providers that somebody else made, by the rules for plugins of a folder: for the test kit, where the class under
 * test is on the class path already. Any problem stops it.
 */
public final class GuestPlugins {
    private final GatewayConfig config;
    private final List<PluginLoading> loading = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();

    private GuestPlugins(GatewayConfig config) {
        this.config = config;
    }

    /**
     * Loads them.
     *
     * @throws PluginStartException if one does not load; all are closed then
     */
    public static PluginSet load(
            GatewayConfig config,
            List<ToolProvider> tools,
            List<AuthProvider> authenticators,
            List<PolicySourceProvider> policySources)
            throws PluginStartException {
        GuestPlugins guests = new GuestPlugins(config);
        policySources.forEach(provider -> guests.add(ProviderKind.POLICY, provider));
        authenticators.forEach(provider -> guests.add(ProviderKind.AUTH, provider));
        tools.forEach(provider -> guests.add(ProviderKind.TOOL, provider));
        return guests.load();
    }

    private void add(ProviderKind kind, AutoCloseable provider) {
        ClassLoader own = provider.getClass().getClassLoader();
        ClassLoader loader = own == null ? ClassLoader.getSystemClassLoader() : own;
        PluginLoading plugin = new PluginLoading(identity(provider), Set.of(), loader, Optional.empty(), () -> {});
        plugin.add(new ProviderInstance(
                kind, provider, loader, config.plugins().trust().loadTimeout()));
        loading.add(plugin);
    }

    private static PluginIdentity identity(AutoCloseable provider) {
        return new PluginIdentity(
                provider.getClass().getName(),
                Optional.ofNullable(provider.getClass().getModule().getName()),
                Optional.empty(),
                Optional.empty(),
                PluginOrigin.FOLDER,
                Optional.empty(),
                Optional.empty(),
                1,
                LoadingKind.CLASS_PATH,
                List.of());
    }

    private PluginSet load() throws PluginStartException {
        loading.forEach(plugin -> attempt(plugin, () -> only(plugin).askName()));
        refuse(Clashes.ofProviders(loading));
        if (problems.isEmpty()) {
            loading.forEach(plugin -> attempt(plugin, () -> create(plugin)));
            refuse(Clashes.ofTools(loading));
        }
        if (problems.isEmpty()) {
            return new PluginSet(
                    loading.stream()
                            .map(plugin -> plugin.loaded(PluginStamp.NONE))
                            .toList(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        loading.reversed().forEach(PluginLoading::abandon);
        throw new PluginStartException(problems);
    }

    private static ProviderInstance only(PluginLoading plugin) {
        return plugin.providers().getFirst();
    }

    private void create(PluginLoading plugin) throws RefusedException {
        ProviderInstance provider = only(plugin);
        String name = provider.name();
        PluginsConfig.@Nullable Entry entry = config.plugins().entries().get(name);
        Set<String> services = entry == null ? Set.of() : Set.copyOf(entry.services());
        Map<String, Object> values = entry == null ? Map.of() : entry.config();
        Path folder = config.document()
                .file()
                .map(file -> file.toAbsolutePath().getParent())
                .orElseGet(() -> Path.of("").toAbsolutePath());
        plugin.grant(name, services);
        provider.create(
                new RuntimePluginContext(
                        name, new ConfigBlock("plugins.entries." + name + ".config", values, folder), plugin.loader()),
                plugin.identity(),
                services);
    }

    private interface Step {
        void take() throws RefusedException;
    }

    private void attempt(PluginLoading plugin, Step step) {
        try {
            step.take();
        } catch (RefusedException refused) {
            refuse(Map.of(plugin, refused.refusal()));
        }
    }

    private void refuse(Map<PluginLoading, Refusal> refused) {
        refused.forEach((plugin, refusal) -> {
            PluginProblem problem = PluginProblem.notLoaded(
                    plugin.identity().id(), plugin.identity().id(), refusal);
            problems.add(new PluginProblem(
                    problem.plugin(), problem.what(), problem.where(), problem.why(), problem.remedy(), true));
        });
    }
}
