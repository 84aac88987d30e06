package dev.portcullis.gateway.runtime.plugin;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generations that were closed, until their classes have left memory; those that do not are named. It looks a while after the
 * close, when what only caches hold has had its time, and lets the collector run once for that. Safe for use by several threads.
 */
public final class DepartedPlugins implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DepartedPlugins.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SETTLING = 250;

    /**
     * A generation that stays in memory.
     *
     * @param text one line: what it is, what was found, what to do
     */
    public record Lingering(String plugin, String text) {}

    private static final class Departed {
        private final PluginIdentity plugin;
        private final WeakReference<ClassLoader> loader;
        private final long since = System.nanoTime();
        private @Nullable Lingering named;

        Departed(PluginIdentity plugin, ClassLoader loader) {
            this.plugin = plugin;
            this.loader = new WeakReference<>(loader);
        }

        boolean gone() {
            return loader.refersTo(null);
        }
    }

    private final long patience;
    private final List<Departed> departed = new ArrayList<>();
    private @Nullable Thread looking;
    private boolean closed;

    public DepartedPlugins() {
        this(PATIENCE);
    }

    DepartedPlugins(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** Remembers a plugin that was closed. */
    public synchronized void add(LoadedPlugin plugin) {
        if (closed || plugin.identity().origin() == PluginOrigin.BUILT_IN) {
            return;
        }
        departed.add(new Departed(plugin.identity(), plugin.classLoader()));
        if (looking == null) {
            looking = Thread.ofVirtual()
                    .name("departed-plugins")
                    .inheritInheritableThreadLocals(false)
                    .start(this::look);
        }
    }

    /** Those that were found to stay, and still do. */
    public synchronized List<Lingering> lingering() {
        List<Lingering> staying = new ArrayList<>();
        for (Departed one : departed) {
            if (one.named != null && !one.gone()) {
                staying.add(one.named);
            }
        }
        return staying;
    }

    private void look() {
        try {
            boolean more = true;
            while (more) {
                more = round();
            }
        } catch (InterruptedException stopped) {
            // nobody wants to know any more
        }
    }

    /** False if there is nothing left to look for. */
    private boolean round() throws InterruptedException {
        try {
            Thread.sleep(Duration.ofNanos(untilNext()));
            if (due()) {
                System.gc();
                Thread.sleep(SETTLING);
            }
            return name();
        } catch (RuntimeException | Error fault) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Looking for closed plugins that stay in memory stumbled, and goes on",
                    fault);
            Thread.sleep(Duration.ofNanos(patience));
            return true;
        }
    }

    private synchronized long untilNext() {
        long now = System.nanoTime();
        return Math.max(
                1,
                departed.stream()
                        .filter(one -> one.named == null)
                        .mapToLong(one -> one.since + patience - now)
                        .min()
                        .orElse(patience));
    }

    private boolean due(Departed one) {
        return one.named == null && System.nanoTime() - one.since >= patience;
    }

    private synchronized boolean due() {
        forget();
        return departed.stream().anyMatch(this::due);
    }

    private void forget() {
        departed.removeIf(one -> {
            if (one.gone() && one.named != null) {
                LOG.log(System.Logger.Level.INFO, subject(one.plugin) + " has left memory now.");
            }
            return one.gone();
        });
    }

    /** False if there is nothing left to look for. */
    private synchronized boolean name() {
        forget();
        for (Departed one : departed) {
            @Nullable ClassLoader loader = due(one) ? one.loader.get() : null;
            if (loader != null) {
                String text = text(one, PluginRemains.of(one.plugin, loader).threads());
                one.named = new Lingering(one.plugin.id(), text);
                LOG.log(System.Logger.Level.WARNING, text);
            }
        }
        if (departed.isEmpty()) {
            looking = null;
            return false;
        }
        return true;
    }

    private static String text(Departed one, List<String> threads) {
        long seconds = Duration.ofNanos(System.nanoTime() - one.since).toSeconds();
        String found = threads.isEmpty()
                ? "None of its threads is left; so a thread-local of another thread, a ClassValue, a driver of"
                        + " DriverManager or an object of another plugin has them."
                : (threads.size() == 1 ? "Its thread goes on: " : "Its threads go on: ") + String.join("; ", threads)
                        + ".";
        return subject(one.plugin) + " was closed " + seconds
                + " s ago, and its classes are still in memory: something holds on to them. " + found
                + " What a plugin starts or registers it must undo in close(): tell its author. \"jcmd "
                + ProcessHandle.current().pid()
                + " GC.heap_dump FILE\" shows who holds its class loader; a restart of the gateway frees the memory.";
    }

    private static String subject(PluginIdentity plugin) {
        return "Plugin " + plugin.id()
                + plugin.version().map(version -> ", version " + version).orElse("") + ", generation "
                + plugin.generation() + " (" + plugin.where() + ")";
    }

    @Override
    public synchronized void close() {
        closed = true;
        departed.clear();
        if (looking != null) {
            looking.interrupt();
        }
    }
}
