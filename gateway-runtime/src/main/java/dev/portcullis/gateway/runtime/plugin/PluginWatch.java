package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Looks at the plugin folders three times a second and says when a plugin came, changed or went, and its files have come to
 * rest. Polling, because it sees changes on every file system and costs a few system calls. For {@code Gateway}.
 */
public final class PluginWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PluginWatch.class.getName());
    static final long LOOK = 350;

    /** How long a file that is no archive yet may rest before it is taken for what it is. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(4);

    /** What the files of one plugin looked like. */
    record Look(PluginFiles files, List<Object> attributes) {}

    /** A look that is not served yet, and since when it has not changed. */
    private record Pending(Look look, Optional<String> digest, long since) {}

    /** Where there is nothing. */
    private static final Look GONE = new Look(new PluginFiles("", Path.of(""), List.of()), List.of());

    private final List<Path> folders;
    private final Path switches;
    private final Supplier<PluginsConfig> config;
    private final Consumer<Set<Path>> changed;
    private final Map<Path, Pending> pending = new HashMap<>();
    private final Thread thread;
    private volatile Map<Path, Look> served;
    private volatile boolean stopped;

    /** The last fault of a look that was logged; for the watching thread. */
    private String said = "";

    PluginWatch(
            List<Path> folders,
            Path switches,
            Supplier<PluginsConfig> config,
            Consumer<Set<Path>> changed,
            Map<Path, Look> served) {
        this.folders = folders;
        this.switches = switches;
        this.config = config;
        this.changed = changed;
        this.thread = Thread.ofPlatform().name("plugin-watch").daemon(true).unstarted(this::watch);
        this.served = served;
    }

    public void start() {
        thread.start();
    }

    private void watch() {
        while (!stopped) {
            try {
                Thread.sleep(LOOK);
                if (config.get().watch()) {
                    round(System.nanoTime());
                }
            } catch (InterruptedException woken) {
                // by the end, which the loop knows of, or by a tool that interrupts whatever thread it finds
            } catch (RuntimeException | Error fault) {
                // the next change may be the one that mends it; what is said once is not said three times a second
                if (!fault.toString().equals(said)) {
                    said = fault.toString();
                    LOG.log(System.Logger.Level.ERROR, "The plugin folders could not be looked at", fault);
                }
            }
        }
    }

    /** Looks once. */
    void round(long now) {
        Map<Path, Look> looks = look();
        Set<Path> all = new HashSet<>(looks.keySet());
        all.addAll(served.keySet());
        Set<Path> waiting = new HashSet<>();
        Set<Path> ready = new HashSet<>();
        for (Path path : all) {
            Look look = looks.getOrDefault(path, GONE);
            if (look.equals(served.getOrDefault(path, GONE))) {
                pending.remove(path);
            } else {
                (atRest(path, look, now) ? ready : waiting).add(path);
            }
        }
        if (!ready.isEmpty()) {
            Map<Path, Look> next = new HashMap<>(served);
            ready.forEach(path -> {
                pending.remove(path);
                next.put(path, looks.getOrDefault(path, GONE));
            });
            next.values().removeIf(GONE::equals);
            // before it is tried: what fails is not tried again until it changes again
            served = next;
            waiting.addAll(changedSince(looks));
            changed.accept(Set.copyOf(waiting));
        }
    }

    /** What came, changed or went since: it is not at rest. */
    private Set<Path> changedSince(Map<Path, Look> looks) {
        Map<Path, Look> now = look();
        Set<Path> changing = new HashSet<>(now.keySet());
        changing.addAll(looks.keySet());
        changing.removeIf(path -> looks.getOrDefault(path, GONE).equals(now.getOrDefault(path, GONE)));
        return changing;
    }

    /** Whether two looks saw the same attributes and the same content, and the archives are whole. */
    private boolean atRest(Path path, Look look, long now) {
        Optional<String> digest = PluginVerifier.digest(look.files());
        Pending before = pending.get(path);
        if (before == null || !before.look().equals(look) || !before.digest().equals(digest)) {
            pending.put(path, new Pending(look, digest, now));
            return false;
        }
        return archives(look) || now - before.since() > PATIENCE;
    }

    /** Plugins whose files change while one looks twice. For a load that nobody watched for. */
    public Set<Path> changing() throws InterruptedException {
        Map<Path, Look> before = look();
        if (before.equals(served)) {
            return Set.of();
        }
        Thread.sleep(LOOK);
        // one that just went may be about to come back
        return changedSince(before);
    }

    /** A copy that is not complete has no directory at its end. */
    private static boolean archives(Look look) {
        for (Path jar : look.files().jars()) {
            try (ZipFile archive = new ZipFile(jar.toFile())) {
                LOG.log(System.Logger.Level.TRACE, () -> jar + " has " + archive.size() + " entries");
            } catch (IOException | IllegalArgumentException incomplete) {
                return false;
            }
        }
        return true;
    }

    private Map<Path, Look> look() {
        return look(folders, switches, config.get());
    }

    static Map<Path, Look> look(List<Path> folders, Path switches, PluginsConfig now) {
        if (!now.enabled()) {
            return Map.of();
        }
        Map<Path, Look> looks = new HashMap<>();
        for (PluginFiles files : PluginScanner.scan(folders, now.loadPaths()).found()) {
            looks.put(files.path(), look(files, PluginSignature.file(files)));
        }
        // what says which of them may run changes them all
        looks.put(switches, look(new PluginFiles("", switches, List.of()), switches));
        for (Path folder : folders) {
            Path lock = folder.resolve(PluginLock.FILE);
            looks.put(lock, look(new PluginFiles("", lock, List.of()), lock));
        }
        return looks;
    }

    private static Look look(PluginFiles files, Path beside) {
        // a folder above that is closed to others changes no file, and lets in what was refused
        Object writers = Writers.OF_PLACES.refuses(files.path());
        return new Look(
                files,
                Stream.concat(
                                Stream.concat(files.jars().stream(), Stream.of(beside))
                                        .map(PluginWatch::attributes),
                                Stream.of(writers))
                        .toList());
    }

    /** The time of the last change of status tells of every write, also by tools that put the time of the content back. */
    private static Object attributes(Path file) {
        try {
            return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                    ? Files.readAttributes(file, "unix:ctime,lastModifiedTime,size,ino")
                    : Files.readAttributes(file, "lastModifiedTime,size,fileKey");
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException gone) {
            return "unreadable";
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }
}
