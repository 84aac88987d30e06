package dev.portcullis.gateway.runtime.plugin;

import java.lang.module.ModuleDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plugins of generation 0: one for each module of the boot layer that provides something. */
final class BuiltInPlugins {
    private final LoadBasis basis;
    private final Map<Module, PluginLoading> byModule = new LinkedHashMap<>();

    private BuiltInPlugins(LoadBasis basis) {
        this.basis = basis;
    }

    static void enter(LoadBasis basis, Intake intake) {
        BuiltInPlugins builtIns = new BuiltInPlugins(basis);
        builtIns.group();
        for (PluginLoading builtIn : builtIns.byModule.values()) {
            basis.before()
                    .builtIn(builtIn.identity().id())
                    .filter(basis::leavesAlone)
                    .ifPresentOrElse(intake::keep, () -> intake.add(builtIn));
        }
    }

    private void group() {
        PluginEnvironment environment = basis.environment();
        environment.policySources().forEach(provider -> add(ProviderKind.POLICY, provider));
        environment.authenticators().forEach(provider -> add(ProviderKind.AUTH, provider));
        environment.tools().forEach(provider -> add(ProviderKind.TOOL, provider));
    }

    private void add(ProviderKind kind, AutoCloseable provider) {
        ClassLoader own = provider.getClass().getClassLoader();
        ClassLoader loader = own == null ? ClassLoader.getSystemClassLoader() : own;
        byModule.computeIfAbsent(
                        provider.getClass().getModule(),
                        module -> new PluginLoading(identity(module), Set.of(), loader, Optional.empty(), () -> {}))
                .add(new ProviderInstance(
                        kind, provider, loader, basis.environment().loadDeadline()));
    }

    private static PluginIdentity identity(Module module) {
        Optional<ModuleDescriptor> descriptor = Optional.ofNullable(module.getDescriptor());
        return new PluginIdentity(
                module.isNamed() ? module.getName() : "built-in",
                Optional.ofNullable(module.getName()),
                descriptor.flatMap(ModuleDescriptor::rawVersion),
                descriptor.stream()
                        .flatMap(d -> d.requires().stream())
                        .filter(requires -> requires.name().equals(ModuleWorld.API))
                        .findFirst()
                        .flatMap(ModuleDescriptor.Requires::rawCompiledVersion),
                PluginOrigin.BUILT_IN,
                Optional.empty(),
                Optional.empty(),
                0,
                LoadingKind.BOOT,
                List.of());
    }
}
