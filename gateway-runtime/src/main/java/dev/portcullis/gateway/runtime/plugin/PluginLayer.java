package dev.portcullis.gateway.runtime.plugin;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Loads a plugin whose jars are all explicit modules: a layer of its own, one loader. */
final class PluginLayer {
    private final ModuleWorld world;

    PluginLayer(ModuleWorld world) {
        this.world = world;
    }

    /** Finds and checks what belongs together; loads no class. */
    Configuration resolve(VerifiedPlugin plugin) throws RefusedException {
        // with binding, so that the plugin's libraries find their own providers as they would on any module path
        Configuration configuration = Configuration.resolveAndBind(
                ModuleFinder.of(plugin.jars().toArray(Path[]::new)),
                List.of(world.parent().configuration()),
                ModuleFinder.of(),
                plugin.roots());
        checkReads(configuration);
        return configuration;
    }

    OpenedPlugin open(VerifiedPlugin plugin) throws RefusedException {
        Configuration configuration = resolve(plugin);
        ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(world.parent()), new FilteringLoader(world));
        ModuleLayer layer = controller.layer();
        letCleanUp(controller, plugin);
        List<OpenedPlugin.Source> sources = new ArrayList<>();
        for (ProviderKind kind : ProviderKind.values()) {
            sources.addAll(sources(layer, kind, plugin));
        }
        ClassLoader loader = layer.findLoader(plugin.roots().iterator().next());
        return new OpenedPlugin(loader, List.copyOf(sources));
    }

    /** The packages of its providers are open to us, so that drivers can be taken back when it was closed. */
    private static void letCleanUp(ModuleLayer.Controller controller, VerifiedPlugin plugin) {
        Module us = PluginLayer.class.getModule();
        for (ProviderDeclaration provider : plugin.providers()) {
            String name = provider.className()
                    .substring(0, Math.max(0, provider.className().lastIndexOf('.')));
            controller.layer().modules().stream()
                    .filter(module -> module.getPackages().contains(name))
                    .forEach(module -> controller.addOpens(module, name, us));
        }
    }

    /**
     * A plugin that forgets to ship a library would silently get the gateway's copy, and break when the gateway changes it.
     */
    private void checkReads(Configuration own) throws RefusedException {
        for (ResolvedModule module : own.modules()) {
            for (ResolvedModule read : module.reads()) {
                if (!read.configuration().equals(own) && !world.open(read.name())) {
                    throw new RefusedException(
                            "Module " + module.name() + " reads the gateway's private module " + read.name()
                                    + ", which is not there for plugins and may change at any time.",
                            "Ship your own copy of " + read.name() + " in the plugin's folder.");
                }
            }
            boolean provides = module.reference().descriptor().provides().stream()
                    .anyMatch(p -> ModuleWorld.isApiPackage(
                            p.service().substring(0, Math.max(0, p.service().lastIndexOf('.')))));
            if (provides
                    && module.reads().stream().noneMatch(read -> read.name().equals(ModuleWorld.API))) {
                throw new RefusedException(
                        "Module " + module.name() + " provides a service of the gateway API without requiring it.",
                        "Add \"requires " + ModuleWorld.API + ";\" to its module-info.");
            }
        }
    }

    /**
     * The loader also returns the providers of layers above; those of the layer itself come first, which its documentation
     * promises. Types do not tell them apart: a provider method has its return type.
     */
    private static <S extends AutoCloseable> List<OpenedPlugin.Source> sources(
            ModuleLayer layer, ProviderKind kind, VerifiedPlugin plugin) throws RefusedException {
        long declared = layer.configuration().modules().stream()
                .flatMap(module -> module.reference().descriptor().provides().stream())
                .filter(provides -> provides.service().equals(kind.service().getName()))
                .mapToLong(provides -> provides.providers().size())
                .sum();
        @SuppressWarnings("unchecked")
        Class<S> service = (Class<S>) kind.service();
        List<OpenedPlugin.Source> sources = new ArrayList<>();
        for (ServiceLoader.Provider<S> provider :
                ServiceLoader.load(layer, service).stream().limit(declared).toList()) {
            Class<? extends S> type = provider.type();
            ProviderDeclaration declaration = plugin.declaration(type.getName())
                    .orElseGet(() -> new ProviderDeclaration(kind, type.getName(), Optional.empty()));
            if (!layer.equals(type.getModule().getLayer()) && isAnothersProvider(type)) {
                break; // one of the plugin's own was passed over
            }
            sources.add(new OpenedPlugin.Source(declaration, provider::get));
        }
        if (sources.size() != declared) {
            throw new RefusedException(
                    "Its descriptors declare " + declared + " providers of " + service.getSimpleName() + ", and "
                            + sources.size() + " were found.",
                    "Check that every module which provides it requires " + ModuleWorld.API + ".");
        }
        return sources;
    }

    /** Outside of the plugin's layer, the return type of a provider method is a type of the API. */
    private static boolean isAnothersProvider(Class<?> type) {
        return !ModuleWorld.isApiPackage(type.getPackageName());
    }
}
