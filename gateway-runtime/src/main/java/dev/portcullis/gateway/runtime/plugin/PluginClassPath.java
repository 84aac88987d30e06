package dev.portcullis.gateway.runtime.plugin;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;

/** Loads a plugin of which at least one jar is no module: a class path of its own behind the same filter. */
final class PluginClassPath {
    private final ModuleWorld world;

    PluginClassPath(ModuleWorld world) {
        this.world = world;
    }

    OpenedPlugin open(VerifiedPlugin plugin) {
        URL[] jars = plugin.jars().stream()
                .map(jar -> {
                    try {
                        return jar.toUri().toURL();
                    } catch (MalformedURLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toArray(URL[]::new);
        ClassPathLoader loader = new ClassPathLoader(plugin.files().id(), jars, new FilteringLoader(world));
        List<OpenedPlugin.Source> sources = new ArrayList<>();
        for (ProviderDeclaration declared : plugin.providers()) {
            sources.add(new OpenedPlugin.Source(declared, () -> create(declared, loader)));
        }
        return new OpenedPlugin(loader, List.copyOf(sources));
    }

    private static AutoCloseable create(ProviderDeclaration declared, ClassLoader loader)
            throws ReflectiveOperationException {
        Class<?> type = Class.forName(declared.className(), true, loader);
        if (!declared.kind().service().isAssignableFrom(type)) {
            throw new ServiceConfigurationError(
                    declared.kind().service().getName() + ": " + type.getName() + " not a subtype");
        }
        try {
            return (AutoCloseable) type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new ServiceConfigurationError(
                    "Provider " + type.getName() + " could not be instantiated", e.getCause());
        }
    }
}
