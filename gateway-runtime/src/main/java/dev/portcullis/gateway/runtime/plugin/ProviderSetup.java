package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.auth.AuthSettings;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first calls into the providers of newcomers: all are asked their names before any is asked to create anything. */
final class ProviderSetup {
    private static final Set<String> ALL_SERVICES = Set.of("sessions", "invoker", "config");

    private final LoadBasis basis;
    private final Intake intake;

    ProviderSetup(LoadBasis basis, Intake intake) {
        this.basis = basis;
        this.intake = intake;
    }

    void name() {
        for (PluginLoading plugin : intake.newcomers()) {
            attempt(plugin, () -> {
                for (ProviderInstance provider : plugin.providers()) {
                    provider.askName();
                }
            });
        }
        intake.newcomers().forEach(this::dropUnwanted);
    }

    /** What only its name told: kept out after all, before it is asked to create anything. */
    private void dropUnwanted(PluginLoading plugin) {
        for (ProviderInstance provider : List.copyOf(plugin.providers())) {
            Optional<String> line = plugin.builtIn()
                    ? basis.selection().switchedOff(provider.name())
                    : basis.selection().keepsOut(List.of(provider.name()));
            if (line.isPresent()) {
                intake.skip(plugin.identity().id(), plugin.identity().where(), line.get(), plugin.namesWith(provider));
                plugin.drop(provider);
            }
        }
    }

    void create() {
        for (PluginLoading plugin : intake.newcomers()) {
            attempt(plugin, () -> {
                for (ProviderInstance provider : plugin.providers()) {
                    Set<String> services = plugin.builtIn() ? ALL_SERVICES : granted(provider.name());
                    plugin.grant(provider.name(), services);
                    provider.create(context(plugin, provider), plugin.identity(), services);
                }
            });
        }
    }

    private interface Step {
        void take() throws RefusedException;
    }

    private void attempt(PluginLoading plugin, Step step) {
        try {
            step.take();
        } catch (RefusedException e) {
            intake.fail(plugin, e);
        }
    }

    private Set<String> granted(String provider) {
        PluginsConfig.Entry entry = basis.config().plugins().entries().get(provider);
        return entry == null ? Set.of() : Set.copyOf(entry.services());
    }

    private RuntimePluginContext context(PluginLoading plugin, ProviderInstance provider) {
        String name = provider.name();
        if (plugin.builtIn() && provider.kind() == ProviderKind.AUTH) {
            Map<String, Object> settings =
                    AuthSettings.forProviders(basis.config()).getOrDefault(name, Map.of());
            return new RuntimePluginContext(name, block("gateway.auth", settings), plugin.loader());
        }
        PluginsConfig.Entry entry = basis.config().plugins().entries().get(name);
        ConfigBlock block = block("plugins.entries." + name + ".config", entry == null ? Map.of() : entry.config());
        return new RuntimePluginContext(name, block, plugin.loader());
    }

    private ConfigBlock block(String path, Map<String, Object> values) {
        Path folder = basis.config()
                .document()
                .file()
                .map(file -> file.toAbsolutePath().getParent())
                .orElseGet(() -> Path.of("").toAbsolutePath());
        return new ConfigBlock(path, values, folder);
    }
}
