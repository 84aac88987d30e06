package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.tool.ToolProvider;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What plugins may see of the modules around them: the JDK and the API, and nothing else of the gateway. */
final class ModuleWorld {
    static final String API = "dev.portcullis.gateway.api";
    private static final String OURS = "dev.portcullis.gateway.";

    /** Annotations only; the API itself mentions it, so a plugin may come to read it without having asked. */
    private static final String ANNOTATIONS = "org.jspecify";

    private static final ModuleFinder SYSTEM = ModuleFinder.ofSystem();

    private final ModuleLayer parent;
    private final Map<String, ClassLoader> loaderByPackage = new HashMap<>();

    ModuleWorld(ModuleLayer parent) {
        this.parent = parent;
        Set<ModuleLayer> seen = new HashSet<>();
        collect(parent, seen);
        collect(ModuleLayer.boot(), seen);
    }

    private void collect(ModuleLayer layer, Set<ModuleLayer> seen) {
        if (!seen.add(layer)) {
            return;
        }
        for (Module module : layer.modules()) {
            if (open(module.getName())) {
                ClassLoader loader = module.getClassLoader();
                ClassLoader known = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
                module.getPackages().forEach(name -> loaderByPackage.putIfAbsent(name, known));
            }
        }
        layer.parents().forEach(above -> collect(above, seen));
    }

    ModuleLayer parent() {
        return parent;
    }

    /** The loader of a package that plugins may see. */
    Optional<ClassLoader> loaderOf(String packageName) {
        ClassLoader known = loaderByPackage.get(packageName);
        if (known == null && isApiPackage(packageName)) {
            return Optional.of(ToolProvider.class.getClassLoader()); // the gateway runs on a class path
        }
        return Optional.ofNullable(known);
    }

    /** Whether a plugin may read a module that is not its own. */
    boolean open(String module) {
        return isJdk(module) || isApi(module);
    }

    /** Whether the name is taken by the JDK or the gateway, so that no plugin may use it. */
    static boolean reserved(String module) {
        return isJdk(module) || module.startsWith(OURS);
    }

    /** In a linked image the gateway's own modules are system modules too, hence the name. */
    static boolean isJdk(String module) {
        return (module.startsWith("java.") || module.startsWith("jdk."))
                && SYSTEM.find(module).isPresent();
    }

    /** The module of the JDK that has a package, in use or not. */
    static Optional<String> jdkModuleOf(String packageName) {
        return SYSTEM.findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> isJdk(module.name()) && module.packages().contains(packageName))
                .map(ModuleDescriptor::name)
                .findFirst();
    }

    /** The module of the gateway that has a package, and that plugins do not see. */
    static Optional<String> privateModuleOf(String packageName) {
        return PluginEnvironment.runningLayer().modules().stream()
                .filter(module -> !isJdk(module.getName()) && !isApi(module.getName()))
                .filter(module -> module.getPackages().contains(packageName))
                .map(Module::getName)
                .findFirst();
    }

    private static boolean isApi(String module) {
        return module.equals(API) || module.equals(ANNOTATIONS);
    }

    static boolean isApiPackage(String name) {
        return name.equals(API) || name.startsWith(API + ".");
    }
}
