package dev.portcullis.gateway.runtime.plugin;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the drivers that a plugin declares into {@code DriverManager}, which looks for drivers once, with the loader of who asks
 * first: their classes register themselves when a service loader makes them. And takes the drivers of a closed plugin out of {@code DriverManager}, which shows a driver to its own loader alone, and takes it
 * back from nobody else. So a class is defined in the plugin's loader, and asks there.
 */
final class JdbcDrivers {
    private static final System.Logger LOG = System.getLogger(JdbcDrivers.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final String NAME = "Portcullis$Drivers";
    private static final ClassDesc MANAGER = ClassDesc.of("java.sql.DriverManager");
    private static final ClassDesc DRIVER = ClassDesc.of("java.sql.Driver");
    private static final ClassDesc STREAM = ClassDesc.of(Stream.class.getName());
    private static final ClassDesc MODULE = ClassDesc.of(Module.class.getName());

    /** By loader, what we registered and no plugin has to be told of. */
    private static final Map<ClassLoader, Set<String>> REGISTERED = Collections.synchronizedMap(new WeakHashMap<>());

    private final ClassLoader loader;

    private JdbcDrivers(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Registers those that the plugin declares in a services file or its module descriptor, and warns of what fails, as the JDK
     * would not.
     *
     * @param provider a class of the plugin
     */
    static void register(Class<?> provider, Duration limit) {
        ModuleLayer.boot()
                .findModule("java.sql")
                .filter(jdbc -> declared(provider))
                .map(jdbc -> Class.forName(jdbc, "java.sql.Driver"))
                .ifPresent(driver -> register(driver, provider, limit));
    }

    private static <D> void register(Class<D> driver, Class<?> provider, Duration limit) {
        ClassLoader loader = provider.getClassLoader();
        try {
            Set<String> made = LoadThread.call("plugin-drivers", loader, limit, () -> {
                ModuleLayer layer = provider.getModule().getLayer();
                ServiceLoader<D> found =
                        layer == null ? ServiceLoader.load(driver, loader) : ServiceLoader.load(layer, driver);
                return found.stream()
                        .filter(one -> loader.equals(one.type().getClassLoader()))
                        .map(one -> one.get().getClass().getName())
                        .collect(Collectors.toSet());
            });
            REGISTERED.put(loader, made);
        } catch (Throwable broken) {
            Refusal refusal = PluginDiagnosis.explain("Registering its JDBC drivers", broken);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A JDBC driver of the plugin of " + provider.getName() + " is not found by its URL. "
                            + refusal.why() + " " + refusal.remedy());
        }
    }

    private static boolean declared(Class<?> provider) {
        ModuleLayer layer = provider.getModule().getLayer();
        if (layer == null) {
            return provider.getClassLoader() instanceof URLClassLoader path
                    && path.findResource("META-INF/services/java.sql.Driver") != null;
        }
        return layer.configuration().modules().stream()
                .flatMap(module -> module.reference().descriptor().provides().stream())
                .anyMatch(provides -> provides.service().equals("java.sql.Driver"));
    }

    /**
     * Takes them out, and says which of them the plugin registered itself and left.
     *
     * @param provider a class of the plugin, in a package that is open to us
     */
    static List<String> deregister(Class<?> provider) {
        return ModuleLayer.boot()
                .findModule("java.sql")
                .filter(jdbc -> reaches(provider.getModule(), jdbc))
                .map(jdbc -> deregister(provider, jdbc))
                .orElse(List.of());
    }

    private static List<String> deregister(Class<?> provider, Module jdbc) {
        try {
            return new JdbcDrivers(provider.getClassLoader()).takeBack(delegate(provider, jdbc));
        } catch (Throwable closed) {
            // whoever looks for what stays in memory finds them
            LOG.log(System.Logger.Level.DEBUG, "Drivers of " + provider + " cannot be seen", closed);
            return List.of();
        }
    }

    private static boolean reaches(Module module, Module jdbc) {
        return module.getLayer() == null || module.getLayer().modules().stream().anyMatch(one -> one.canRead(jdbc));
    }

    private List<String> takeBack(Class<?> delegate) throws Throwable {
        // the first look loads drivers by the context class loader, which must not be the plugin's
        Object[] seen = LoadThread.call("plugin-drivers", JdbcDrivers.class.getClassLoader(), LIMIT, () ->
                (Object[]) delegate.getMethod("drivers").invoke(null));
        List<String> taken = new ArrayList<>();
        for (Object driver : seen) {
            String name = driver.getClass().getName();
            if (loader.equals(driver.getClass().getClassLoader())
                    && taken(delegate, driver)
                    && !REGISTERED.getOrDefault(loader, Set.of()).contains(name)) {
                taken.add("the JDBC driver " + name);
            }
        }
        REGISTERED.remove(loader);
        return taken;
    }

    /** A driver that throws when it is told stays. */
    private boolean taken(Class<?> delegate, Object driver) {
        try {
            LoadThread.call(
                    "plugin-drivers",
                    loader,
                    LIMIT,
                    () -> delegate.getMethod("deregister", Object.class).invoke(null, driver));
            return true;
        } catch (Throwable refused) {
            LOG.log(System.Logger.Level.DEBUG, "Driver " + driver.getClass().getName(), refused);
            return false;
        }
    }

    private static Class<?> delegate(Class<?> provider, Module jdbc) throws ReflectiveOperationException {
        JdbcDrivers.class.getModule().addReads(provider.getModule());
        String inPackage = provider.getPackageName().isEmpty() ? NAME : provider.getPackageName() + "." + NAME;
        Class<?> made = MethodHandles.privateLookupIn(provider, MethodHandles.lookup())
                .defineClass(bytes(ClassDesc.of(inPackage)));
        made.getMethod("read", Module.class).invoke(null, jdbc);
        return made;
    }

    /** Its methods call what they are named after, for a caller without the rights of their loader. */
    private static byte[] bytes(ClassDesc self) {
        MethodTypeDesc read = MethodTypeDesc.of(ConstantDescs.CD_void, MODULE);
        MethodTypeDesc drivers = MethodTypeDesc.of(ConstantDescs.CD_Object.arrayType());
        MethodTypeDesc deregister = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);
        int flags = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;
        return ClassFile.of()
                .build(
                        self,
                        type -> type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                                .withMethodBody(
                                        "read",
                                        read,
                                        flags,
                                        code -> code.ldc(self)
                                                .invokevirtual(
                                                        ConstantDescs.CD_Class, "getModule", MethodTypeDesc.of(MODULE))
                                                .aload(0)
                                                .invokevirtual(MODULE, "addReads", MethodTypeDesc.of(MODULE, MODULE))
                                                .pop()
                                                .return_())
                                .withMethodBody(
                                        "drivers",
                                        drivers,
                                        flags,
                                        code -> code.invokestatic(MANAGER, "drivers", MethodTypeDesc.of(STREAM))
                                                .invokeinterface(STREAM, "toArray", drivers)
                                                .areturn())
                                .withMethodBody(
                                        "deregister",
                                        deregister,
                                        flags,
                                        code -> code.aload(0)
                                                .checkcast(DRIVER)
                                                .invokestatic(
                                                        MANAGER,
                                                        "deregisterDriver",
                                                        MethodTypeDesc.of(ConstantDescs.CD_void, DRIVER))
                                                .aload(0)
                                                .areturn()));
    }
}
