package dev.portcullis.gateway.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a few files twice a second and says when they changed and have come to rest. Polling, because it sees edits on
 * every file system and costs a few system calls.
 */
final class FileWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FileWatch.class.getName());
    private static final long LOOK = 400;

    private static final Object NOT_SEEN = "not seen before";

    private final Supplier<Set<Path>> files;
    private Map<Path, Object> served;
    private Map<Path, Object> before;
    private volatile boolean stopped;
    private volatile @Nullable Thread thread;

    /** From here on no change is missed, also before {@link #start}. */
    FileWatch(Supplier<Set<Path>> files) {
        this.files = files;
        this.served = look();
        this.before = served;
    }

    /** A file that the gateway itself wrote is no edit; before {@link #start} only. */
    void wrote(Path file) {
        served.replace(file, look(file));
    }

    /**
     * @param changed called on the watching thread, never twice at a time
     * @param due whether to call it although nothing changed; asked only when the files are at rest
     */
    void start(Runnable changed, BooleanSupplier due) {
        Thread watching = Thread.ofPlatform().name("config-watch").daemon(true).unstarted(() -> watch(changed, due));
        thread = watching;
        watching.start();
    }

    private void watch(Runnable changed, BooleanSupplier due) {
        while (!stopped) {
            try {
                Thread.sleep(LOOK);
                look(changed, due);
            } catch (InterruptedException woken) {
                // by the end, which the loop knows of, or by a tool that interrupts whatever thread it finds
            } catch (RuntimeException | Error fault) {
                // the next edit may be the one that mends it
                LOG.log(System.Logger.Level.ERROR, "The configuration could not be reloaded", fault);
            }
        }
    }

    /** One look. */
    void look(Runnable changed, BooleanSupplier due) {
        Map<Path, Object> now = look();
        boolean atRest = now.equals(before);
        before = now;
        if (atRest && (!now.equals(served) || due.getAsBoolean())) {
            served = now;
            changed.run();
            includeWhatIsNew();
            before = served;
        }
    }

    /**
     * Other files may be watched from here on. One that is new may have changed since it was read, before anybody looked at
     * it: it counts as changed, and is read once more.
     */
    private void includeWhatIsNew() {
        Map<Path, Object> looks = look();
        looks.replaceAll((file, look) -> served.getOrDefault(file, NOT_SEEN));
        served = looks;
    }

    private Map<Path, Object> look() {
        return look(files.get());
    }

    /** How files look now; two looks that are equal mean that nothing was written between them. */
    static Map<Path, Object> look(Set<Path> files) {
        Map<Path, Object> looks = new HashMap<>();
        for (Path file : files) {
            looks.put(file, look(file));
        }
        return looks;
    }

    private static Object look(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
        } catch (IOException missing) {
            return "missing";
        }
    }

    @Override
    public void close() {
        stopped = true;
        Thread watching = thread;
        if (watching != null) {
            watching.interrupt();
        }
    }
}
