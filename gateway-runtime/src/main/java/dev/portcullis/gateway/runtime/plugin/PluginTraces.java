package dev.portcullis.gateway.runtime.plugin;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Takes objects of a closed plugin out of the registries of the Java platform, which would keep its classes in memory. */
final class PluginTraces {
    private static final System.Logger LOG = System.getLogger(PluginTraces.class.getName());

    private static final Duration BEAN_LIMIT = Duration.ofSeconds(2);

    private final Predicate<@Nullable ClassLoader> own;
    private final List<String> removed = new ArrayList<>();

    /** @param own whether a class loader is the plugin's */
    PluginTraces(Predicate<@Nullable ClassLoader> own) {
        this.own = own;
    }

    /** What the plugin should have taken back itself. */
    List<String> remove(ClassLoader loader) {
        beans(loader);
        logging();
        hooks();
        handlerOfFaults();
        providers();
        ResourceBundle.clearCache(loader);
        return removed;
    }

    private boolean own(@Nullable Object object) {
        return object != null && own.test(object.getClass().getClassLoader());
    }

    private void beans(ClassLoader loader) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : beans.queryNames(null, null)) {
            try {
                if (own.test(beans.getClassLoaderFor(name))) {
                    // a bean may have a say in that, which is the plugin's code once more
                    LoadThread.call("plugin-bean", loader, BEAN_LIMIT, () -> {
                        beans.unregisterMBean(name);
                        return name;
                    });
                    removed.add("the JMX bean " + name);
                }
            } catch (Throwable refused) {
                LOG.log(System.Logger.Level.DEBUG, "JMX bean " + name, refused);
            }
        }
    }

    private void logging() {
        LogManager manager = LogManager.getLogManager();
        for (String name : Collections.list(manager.getLoggerNames())) {
            @Nullable Logger logger = manager.getLogger(name);
            if (logger == null) {
                continue;
            }
            for (Handler handler : logger.getHandlers()) {
                if (own(handler)) {
                    logger.removeHandler(handler);
                    removed.add("a log handler of \"" + name + "\"");
                } else if (own(handler.getFilter())) {
                    handler.setFilter(null);
                    removed.add("the filter of a log handler of \"" + name + "\"");
                }
            }
            if (own(logger.getFilter())) {
                logger.setFilter(null);
                removed.add("the filter of logger \"" + name + "\"");
            }
            if (own(logger.getLevel())) {
                logger.setLevel(null);
                removed.add("the level of logger \"" + name + "\"");
            }
        }
    }

    /** The platform does not tell them: the launcher opens the package to us. Elsewhere they stay. */
    private void hooks() {
        try {
            Class<?> registry = Class.forName("java.lang.ApplicationShutdownHooks");
            Field field = registry.getDeclaredField("hooks");
            field.setAccessible(true);
            List<Thread> left;
            synchronized (registry) {
                left = field.get(null) instanceof Map<?, ?> hooks
                        ? hooks.keySet().stream()
                                .flatMap(hook -> hook instanceof Thread thread ? Stream.of(thread) : Stream.of())
                                .filter(hook -> own.test(hook.getContextClassLoader()) || own(hook))
                                .toList()
                        : List.of();
            }
            for (Thread hook : left) {
                Runtime.getRuntime().removeShutdownHook(hook);
                removed.add("the shutdown hook \"" + hook.getName() + "\", which was not run");
            }
        } catch (ReflectiveOperationException | RuntimeException closed) {
            LOG.log(System.Logger.Level.DEBUG, "Shutdown hooks cannot be seen", closed);
        }
    }

    private void handlerOfFaults() {
        if (own(Thread.getDefaultUncaughtExceptionHandler())) {
            Thread.setDefaultUncaughtExceptionHandler(null);
            removed.add("the handler of uncaught exceptions");
        }
    }

    private void providers() {
        for (Provider provider : Security.getProviders()) {
            if (own(provider)) {
                Security.removeProvider(provider.getName());
                removed.add("the security provider " + provider.getName());
            }
        }
    }
}
