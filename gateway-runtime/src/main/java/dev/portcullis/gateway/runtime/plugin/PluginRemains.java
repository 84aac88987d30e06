package dev.portcullis.gateway.runtime.plugin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a closed plugin left in the process, so that its classes cannot be collected. What can be taken back is; a thread can
 * only be named.
 */
final class PluginRemains {
    private static final System.Logger LOG = System.getLogger(PluginRemains.class.getName());

    /** Threads that were told to end need a moment. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private static final int FRAMES = 16;

    private final PluginIdentity plugin;
    private final ClassLoader loader;

    private PluginRemains(PluginIdentity plugin, ClassLoader loader) {
        this.plugin = plugin;
        this.loader = loader;
    }

    static PluginRemains of(PluginIdentity plugin, ClassLoader loader) {
        return new PluginRemains(plugin, loader);
    }

    /** @param providers classes of it */
    void clear(Stream<Class<?>> providers) {
        if (plugin.origin() == PluginOrigin.BUILT_IN) {
            return;
        }
        List<String> traces = new ArrayList<>(new PluginTraces(this::own).remove(loader));
        providers
                .filter(type -> loader.equals(type.getClassLoader()))
                .findFirst()
                .ifPresent(type -> traces.addAll(JdbcDrivers.deregister(type)));
        if (!traces.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    subject() + " was closed and left behind: " + String.join(", ", traces)
                            + ". This was taken back; a plugin should do so in close(). Tell its author.");
        }
        nameThreads();
    }

    private void nameThreads() {
        long until = System.nanoTime() + PATIENCE;
        Set<Thread> left = left();
        while (!left.isEmpty() && System.nanoTime() < until && paused()) {
            left = left();
        }
        for (Thread thread : left) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> subject() + " was closed, and its thread \"" + thread.getName()
                            + "\" goes on: the plugin's classes stay in memory as long as it does. A plugin must end its"
                            + " threads in close(). It is at:" + place(thread));
        }
    }

    private Set<Thread> left() {
        return live().filter(this::mine).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One by one: a dump of them all at once would stop every request meanwhile. */
    private static Stream<Thread> live() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[all.activeCount() + 16];
        int count = all.enumerate(threads);
        while (count == threads.length) {
            threads = new Thread[2 * threads.length];
            count = all.enumerate(threads);
        }
        return Stream.of(threads).limit(count);
    }

    /** Its threads that go on, and where in the plugin's code each is. */
    List<String> threads() {
        return left().stream()
                .map(thread -> '"' + thread.getName() + '"' + at(thread))
                .toList();
    }

    private String at(Thread thread) {
        List<StackTraceElement> stack = List.of(thread.getStackTrace());
        return stack.stream()
                .filter(this::defines)
                .findFirst()
                .or(() -> stack.stream().findFirst())
                .map(frame -> " at " + frame)
                .orElse("");
    }

    private static boolean paused() {
        try {
            Thread.sleep(50);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean mine(Thread thread) {
        @Nullable ClassLoader context = thread.getContextClassLoader();
        if (own(context) || own(thread.getClass().getClassLoader())) {
            return true;
        }
        // the frames have names only, and another generation has the same
        return !plugins(context) && Stream.of(thread.getStackTrace()).anyMatch(this::defines);
    }

    private boolean defines(StackTraceElement frame) {
        String name = frame.getClassName();
        if (name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.")) {
            return false;
        }
        try {
            return own(Class.forName(name, false, loader).getClassLoader());
        } catch (ClassNotFoundException | LinkageError another) {
            return false;
        }
    }

    private boolean own(@Nullable ClassLoader candidate) {
        for (ClassLoader one = candidate; one != null; one = one.getParent()) {
            if (one.equals(loader)) {
                return true;
            }
        }
        return false;
    }

    private static boolean plugins(@Nullable ClassLoader candidate) {
        for (ClassLoader one = candidate; one != null; one = one.getParent()) {
            if (one instanceof FilteringLoader) {
                return true;
            }
        }
        return false;
    }

    private static String place(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .limit(FRAMES)
                .map(frame -> System.lineSeparator() + "\tat " + frame)
                .collect(Collectors.joining());
    }

    private String subject() {
        return "Plugin " + plugin.id() + " (generation " + plugin.generation() + ")";
    }
}
