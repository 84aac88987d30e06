package dev.portcullis.gateway.runtime.plugin;

/**
 * The parent of every plugin's loader. The platform's own loader would not do: it finds the classes of all modules in the boot
 * layer, the gateway's private libraries among them.
 */
final class FilteringLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ModuleWorld world;

    FilteringLoader(ModuleWorld world) {
        super("portcullis-plugin-parent", null);
        this.world = world;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        int dot = name.lastIndexOf('.');
        ClassLoader loader = world.loaderOf(dot < 0 ? "" : name.substring(0, dot))
                .orElseThrow(() -> new ClassNotFoundException(name));
        return loader.loadClass(name);
    }
}
