package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.SnapshotSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The world that serves, and those before it that still have requests in them. */
final class Worlds implements SnapshotSource, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Worlds.class.getName());
    private static final long LOOK = 20;

    /** A world with the number of requests in it; its own lease, so that a request allocates none. */
    private static final class Living implements Lease {
        private final World world;
        private final AtomicInteger requests = new AtomicInteger();

        Living(World world) {
            this.world = world;
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

    private final Duration drain;
    private volatile Living current;

    /** @param drain how long requests of a world that was replaced may go on before its plugins are closed */
    Worlds(World first, Duration drain) {
        this.drain = drain;
        this.current = new Living(first);
        living.add(current);
    }

    World world() {
        return current.world;
    }

    /** Lets a new world serve; what was only in the old one is closed when its requests have ended. */
    synchronized void replace(World next) {
        Living old = current;
        Living serving = new Living(next);
        living.add(serving);
        current = serving;
        Thread.ofVirtual().name("retire-world").start(() -> retire(old));
    }

    private void retire(Living old) {
        long until = System.nanoTime() + drain.toNanos();
        try {
            while (old.requests.get() > 0 && System.nanoTime() < until) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (old.requests.get() > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Requests of before the last reload were still running after " + drain.toMillis()
                            + " ms; the plugins they use are closed now.");
        }
        forget(old);
    }

    /** Closes the plugins of a world, unless another one uses them. */
    private synchronized void forget(Living old) {
        if (living.remove(old)
                && living.stream().noneMatch(other -> other.world.plugins().equals(old.world.plugins()))) {
            old.world.plugins().close();
        }
    }

    @Override
    public Snapshot current() {
        return current.snapshot();
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
        living.reversed().forEach(this::forget);
    }
}
