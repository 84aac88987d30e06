package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.SnapshotSource;
import dev.portcullis.gateway.runtime.invoke.ToolExecutor;
import dev.portcullis.gateway.runtime.plugin.DepartedPlugins;
import dev.portcullis.gateway.runtime.plugin.LoadedPlugin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The world that serves, and those before it that still have requests in them. */
final class Worlds implements SnapshotSource, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Worlds.class.getName());
    private static final long LOOK = 20;

    /** For what was interrupted. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(2);

    /** A world with the number of requests in it; its own lease, so that a request allocates none. */
    private static final class Living implements Lease {
        private final World world;
        private final AtomicInteger requests = new AtomicInteger();

        Living(World world) {
            this.world = world;
        }

        List<LoadedPlugin> plugins() {
            return world.plugins().plugins();
        }

        @Override
        public Snapshot snapshot() {
            return world.snapshot();
        }

        @Override
        public void close() {
            requests.decrementAndGet();
        }
    }

    /** Oldest first; the last one serves. */
    private final List<Living> living = new CopyOnWriteArrayList<>();

    private final DepartedPlugins departed = new DepartedPlugins();
    private final ToolExecutor executor;
    private volatile Living current;
    private volatile Runnable replaced = () -> {};
    private volatile long epoch;
    private boolean closed;

    /** @param executor where tools run whose plugin may have to be closed */
    Worlds(World first, ToolExecutor executor) {
        this.executor = executor;
        this.current = new Living(first);
        living.add(current);
    }

    World world() {
        return current.world;
    }

    /** @param action run each time that another world serves, on a thread of its own */
    void onReplace(Runnable action) {
        replaced = action;
    }

    /** Generations that were closed and stay in memory. */
    List<DepartedPlugins.Lingering> lingering() {
        return departed.lingering();
    }

    /** How many worlds still have requests in them, the one that serves included. */
    int alive() {
        return living.size();
    }

    /**
     * Lets a new world serve; what was only in the old one is closed when its requests have ended. One that comes when
     * everything was closed, because a reload was under way, is closed too.
     */
    synchronized void replace(World next) {
        if (closed) {
            next.plugins().close();
            return;
        }
        Living old = current;
        Living serving = new Living(next);
        living.add(serving);
        current = serving;
        Thread.ofVirtual().name("world-replaced").start(replaced);
        if (!outdated(old).isEmpty()) {
            epoch++;
        }
        // of the operating system: tools that hold every carrier must not keep their own plugin from being closed
        Thread.ofPlatform()
                .name("retire-plugins")
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .start(() -> retire(old));
    }

    private void retire(Living old) {
        try {
            awaitRequests(old);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        forget(old).forEach(this::retire);
    }

    /** Whatever becomes of one, the others are closed too. */
    private void retire(LoadedPlugin plugin) {
        try {
            plugin.retire();
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, plugin + " could not be cleared away after its close", fault);
        }
        departed.add(plugin);
    }

    /** Without end as long as all of its plugins serve, else until the deadline, and a little longer for what is interrupted. */
    private void awaitRequests(Living old) throws InterruptedException {
        long outdatedSince = 0;
        while (busy(old)) {
            Thread.sleep(LOOK);
            long now = System.nanoTime();
            if (outdatedSince == 0 && !outdated(old).isEmpty()) {
                outdatedSince = now;
            }
            if (outdatedSince != 0 && now - outdatedSince > drain().toNanos()) {
                interrupt(old);
                return;
            }
        }
    }

    private void interrupt(Living old) throws InterruptedException {
        List<CatalogTool> tools = outdatedTools(old);
        executor.interrupt(tools);
        long until = System.nanoTime() + GRACE;
        while (executor.runs(tools) && System.nanoTime() - until < 0) {
            Thread.sleep(LOOK);
        }
        executor.reportRunning(tools);
        LOG.log(
                System.Logger.Level.DEBUG,
                "{0} requests of before the last change of plugins go on after plugins.drainTimeoutMs",
                old.requests.get());
    }

    /** A tool on a thread of its own may go on when its request was answered. */
    private boolean busy(Living old) {
        return old.requests.get() > 0 || executor.runs(outdatedTools(old));
    }

    private Duration drain() {
        return world().snapshot().config().plugins().drain();
    }

    private List<LoadedPlugin> outdated(Living old) {
        List<LoadedPlugin> serving = current.plugins();
        return old.plugins().stream()
                .filter(plugin -> !serving.contains(plugin))
                .toList();
    }

    private List<CatalogTool> outdatedTools(Living old) {
        return outdated(old).stream().flatMap(plugin -> plugin.tools().stream()).toList();
    }

    /** Takes a world off the books; what no other world uses is to be closed, the last created first. */
    private synchronized List<LoadedPlugin> forget(Living old) {
        if (!living.remove(old)) {
            return List.of();
        }
        return old.plugins().reversed().stream()
                .filter(plugin ->
                        living.stream().noneMatch(other -> other.plugins().contains(plugin)))
                .toList();
    }

    @Override
    public Snapshot current() {
        return current.snapshot();
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Lease lease() {
        while (true) {
            Living now = current;
            now.requests.incrementAndGet();
            if (now.equals(current)) {
                return now;
            }
            // replaced meanwhile: its plugins may be closing
            now.requests.decrementAndGet();
        }
    }

    /** Closes every plugin, those of the newest world first. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        departed.close();
        living.reversed().forEach(world -> forget(world).forEach(LoadedPlugin::close));
    }
}
