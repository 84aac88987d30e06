package dev.portcullis.gateway.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, closed in reverse: all of it, whatever one of them throws. */
final class Closing implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T later(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception broken) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Could not close " + resource.getClass().getSimpleName(),
                        broken);
            }
        }
    }
}
