package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.plugin.PluginConfig;
import dev.portcullis.gateway.api.plugin.PluginContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one provider is handed when it is loaded. */
final class RuntimePluginContext implements PluginContext {
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final String name;
    private final ConfigBlock config;
    private final ClassLoader loader;
    private final System.Logger logger;
    private @Nullable ScheduledThreadPoolExecutor scheduler;
    private boolean closed;

    RuntimePluginContext(String name, ConfigBlock config, ClassLoader loader) {
        this.name = name;
        this.config = config;
        this.loader = loader;
        this.logger = System.getLogger("dev.portcullis.plugin." + name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PluginConfig config() {
        return config;
    }

    @Override
    public System.Logger logger() {
        return logger;
    }

    @Override
    public synchronized ScheduledExecutorService scheduler() {
        if (closed) {
            throw new IllegalStateException("Plugin " + name + " is closed: there is no scheduler any more");
        }
        ScheduledThreadPoolExecutor made = scheduler;
        if (made == null) {
            made = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = Thread.ofPlatform()
                        .daemon()
                        .name("plugin-" + name)
                        .inheritInheritableThreadLocals(false)
                        .unstarted(task);
                thread.setContextClassLoader(loader);
                return thread;
            });
            made.setRemoveOnCancelPolicy(true);
            scheduler = made;
        }
        return made;
    }

    /** Keys that nobody asked for, as full paths. */
    List<String> unusedKeys() {
        return config.unused();
    }

    /** Ends background work, whether the plugin wants it or not. */
    void shutDown() {
        ScheduledThreadPoolExecutor running;
        synchronized (this) {
            closed = true;
            running = scheduler;
        }
        if (running == null) {
            return;
        }
        running.shutdownNow();
        try {
            if (!running.awaitTermination(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
                logger.log(
                        System.Logger.Level.WARNING,
                        "Plugin {0}: a scheduled task does not end although it was interrupted",
                        name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
