package dev.portcullis.gateway.runtime.plugin;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes the drivers of a closed plugin out of {@code DriverManager}, which shows a driver to its own loader alone, and takes it
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

    private final ClassLoader loader;

    private JdbcDrivers(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Takes them out, and says which they were.
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
            if (loader.equals(driver.getClass().getClassLoader()) && taken(delegate, driver)) {
                taken.add("the JDBC driver " + driver.getClass().getName());
            }
        }
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
