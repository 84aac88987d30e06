package dev.portcullis.gateway.runtime.plugin;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ResolvedModule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A module of a plugin's layer, for what operators are shown.
 *
 * @param reads names of the modules that it reads
 */
public record PluginModule(String name, Optional<String> version, Set<String> reads) {
    /** Of the layers that the plugin's providers are in; of the boot layer, which has the built-ins, their modules alone. */
    static List<PluginModule> of(List<Module> providers) {
        return providers.stream()
                .filter(Module::isNamed)
                .flatMap(module -> ModuleLayer.boot().equals(module.getLayer())
                        ? module.getLayer().configuration().findModule(module.getName()).stream()
                        : module.getLayer().configuration().modules().stream())
                .distinct()
                .map(PluginModule::of)
                .sorted(Comparator.comparing(PluginModule::name))
                .toList();
    }

    private static PluginModule of(ResolvedModule module) {
        ModuleDescriptor descriptor = module.reference().descriptor();
        return new PluginModule(
                module.name(),
                descriptor.rawVersion(),
                module.reads().stream().map(ResolvedModule::name).collect(Collectors.toCollection(TreeSet::new)));
    }
}
