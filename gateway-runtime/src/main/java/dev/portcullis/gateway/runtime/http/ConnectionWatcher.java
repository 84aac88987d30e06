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
    private final Thread thread =
            Thread.ofPlatform().name("connection-watcher").daemon(true).unstarted(this::run);
    private final long slowestWrite;
    private volatile boolean stopped;

    ConnectionWatcher(Duration slowestWrite) {
        this.slowestWrite = slowestWrite.toNanos();
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

    private void run() {
        while (!stopped) {
            long now = System.nanoTime();
            for (ConnectionSource connection : connections) {
                try {
                    look(connection, now);
                } catch (RuntimeException | Error fault) {
                    // one connection's trouble must not blind us to the others
                    LOG.log(System.Logger.Level.ERROR, "A connection cannot be watched", fault);
                }
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException end) {
                return;
            }
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
