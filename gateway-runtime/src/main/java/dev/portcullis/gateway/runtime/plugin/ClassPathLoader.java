package dev.portcullis.gateway.runtime.plugin;

import java.net.URL;
import java.net.URLClassLoader;

/** The class path of one plugin. A copy of the API that was packed into its jars is never used. */
final class ClassPathLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    ClassPathLoader(String plugin, URL[] jars, ClassLoader parent) {
        super("plugin:" + plugin, jars, parent);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        int dot = name.lastIndexOf('.');
        if (dot > 0 && ModuleWorld.isApiPackage(name.substring(0, dot))) {
            throw new ClassNotFoundException(name);
        }
        return super.findClass(name);
    }
}
