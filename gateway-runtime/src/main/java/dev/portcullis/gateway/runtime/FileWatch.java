package dev.portcullis.gateway.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looks at a few files twice a second and says when they changed and have come to rest. Polling, because it sees edits on
 * every file system and costs a few system calls.
 */
final class FileWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FileWatch.class.getName());
    private static final long LOOK = 400;

    private final Supplier<Set<Path>> files;
    private final Runnable changed;
    private final Thread thread;
    private volatile boolean stopped;

    /** @param changed called on the watching thread, never twice at a time */
    FileWatch(Supplier<Set<Path>> files, Runnable changed) {
        this.files = files;
        this.changed = changed;
        this.thread = Thread.ofPlatform().name("config-watch").daemon(true).unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        Map<Path, Object> served = look();
        Map<Path, Object> before = served;
        while (!stopped) {
            try {
                Thread.sleep(LOOK);
                Map<Path, Object> now = look();
                boolean atRest = now.equals(before);
                before = now;
                if (atRest && !now.equals(served)) {
                    served = now;
                    changed.run();
                    // what the new content includes is watched from here on
                    served = look();
                    before = served;
                }
            } catch (InterruptedException end) {
                return;
            } catch (RuntimeException fault) {
                LOG.log(System.Logger.Level.ERROR, "The configuration could not be reloaded", fault);
            }
        }
    }

    private Map<Path, Object> look() {
        Map<Path, Object> looks = new HashMap<>();
        for (Path file : files.get()) {
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
        thread.interrupt();
    }
}
