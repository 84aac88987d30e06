package dev.portcullis.gateway.runtime.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One thread that looks after all connections: those whose handler takes its time get a second reader, so that a hang-up is
 * noticed; those whose client does not take its answer are cut.
 */
final class ConnectionWatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ConnectionWatcher.class.getName());
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(20);

    private final Set<ConnectionSource> connections = ConcurrentHashMap.newKeySet();
    private final Set<Deadline> deadlines = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().name("connection-watcher").daemon(true).unstarted(this::run);
    private final long slowestWrite;
    private volatile boolean stopped;

    ConnectionWatcher(Duration slowestWrite) {
        this.slowestWrite = slowestWrite.toNanos();
    }

    /** Something that must have ended by a certain time. */
    interface Limit extends AutoCloseable {
        @Override
        void close();
    }

    private record Deadline(long until, Runnable late) {
        boolean passed(long now) {
            if (now - until <= 0) {
                return false;
            }
            guarded(late);
            return true;
        }
    }

    void start() {
        thread.start();
    }

    void add(ConnectionSource connection) {
        connections.add(connection);
    }

    void remove(ConnectionSource connection) {
        connections.remove(connection);
    }

    /** Runs an action if what is limited has not been closed by then. */
    Limit limit(Duration most, Runnable late) {
        Deadline deadline = new Deadline(System.nanoTime() + most.toNanos(), late);
        deadlines.add(deadline);
        return () -> deadlines.remove(deadline);
    }

    private void run() {
        while (!stopped) {
            long now = System.nanoTime();
            connections.forEach(connection -> guarded(() -> look(connection, now)));
            deadlines.removeIf(deadline -> deadline.passed(now));
            try {
                Thread.sleep(20);
            } catch (InterruptedException woken) {
                // by the end, which the loop knows of, or by a tool that interrupts whatever thread it finds
            }
        }
    }

    /** One connection's trouble must not blind us to the others. */
    private static void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "A connection cannot be watched", fault);
        }
    }

    private void look(ConnectionSource connection, long now) {
        long handler = connection.handlerSince();
        if (handler != 0 && now - handler > ROUND) {
            connection.watch();
        }
        long write = connection.writeSince();
        if (write != 0 && now - write > slowestWrite) {
            connection.abort();
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }
}
