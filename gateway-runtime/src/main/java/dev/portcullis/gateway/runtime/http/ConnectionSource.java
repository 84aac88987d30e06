package dev.portcullis.gateway.runtime.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only reader of one connection's socket. Feeds the parser, honours a deadline, and notices while a handler runs that
 * the client has left.
 *
 * <p>Usually the connection's own thread reads. A second one (the pump) reads instead when bytes are late while a deadline
 * runs, or when the watcher finds a handler that takes its time; what it reads is queued for the parser, so that a
 * pipelined request is never taken for a hang-up.
 */
final class ConnectionSource implements Supplier<byte[]> {
    /** The bytes did not come in time. */
    static final class DeadlineExceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DeadlineExceeded() {
            super("deadline exceeded", null, false, false);
        }
    }

    private static final int READ_AHEAD = 64 * 1024;

    private final HelidonSocket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private int queued;
    private boolean reading;
    private boolean ended;
    private @Nullable RuntimeException failure;
    private @Nullable Runnable onHangup;
    private boolean pumping;
    private long deadline;
    private volatile long handlerSince;
    private volatile long writeSince;

    ConnectionSource(HelidonSocket socket) {
        this.socket = socket;
    }

    /** Bytes that are asked for from now on must come before this {@link System#nanoTime}; 0 for no deadline. */
    void deadline(long nanoTime) {
        this.deadline = nanoTime;
    }

    // null is the end of the stream
    @Override
    @SuppressWarnings("NullAway")
    public byte[] get() {
        return deadline == 0 ? next() : nextBefore(deadline);
    }

    private byte @Nullable [] next() {
        lock.lock();
        try {
            while (true) {
                if (!queue.isEmpty()) {
                    return poll();
                }
                if (failure != null) {
                    throw failure;
                }
                if (ended) {
                    return null;
                }
                if (!reading) {
                    break;
                }
                changed.await();
            }
            reading = true;
        } catch (InterruptedException stopped) {
            throw new CloseConnectionException("interrupted", stopped);
        } finally {
            lock.unlock();
        }
        return readOnThisThread();
    }

    private byte @Nullable [] readOnThisThread() {
        byte[] bytes = null;
        RuntimeException broken = null;
        try {
            bytes = socket.get();
        } catch (RuntimeException failed) {
            broken = new ServerConnectionException("read failed", failed);
        }
        lock.lock();
        try {
            reading = false;
            if (broken != null) {
                failure = broken;
                throw broken;
            }
            ended = bytes == null;
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] nextBefore(long until) {
        lock.lock();
        try {
            while (true) {
                if (!queue.isEmpty()) {
                    return poll();
                }
                if (failure != null) {
                    throw failure;
                }
                if (ended) {
                    return null;
                }
                long left = until - System.nanoTime();
                if (left <= 0) {
                    throw new DeadlineExceeded();
                }
                if (!reading) {
                    startPump();
                }
                changed.awaitNanos(left);
            }
        } catch (InterruptedException stopped) {
            throw new CloseConnectionException("interrupted", stopped);
        } finally {
            lock.unlock();
        }
    }

    private byte[] poll() {
        byte[] bytes = queue.removeFirst();
        queued -= bytes.length;
        return bytes;
    }

    private void startPump() {
        reading = true;
        Thread.ofVirtual().name("pump").inheritInheritableThreadLocals(false).start(this::pump);
    }

    private void pump() {
        while (true) {
            byte[] bytes = null;
            RuntimeException broken = null;
            try {
                bytes = socket.get();
            } catch (RuntimeException failed) {
                broken = new ServerConnectionException("read failed", failed);
            }
            lock.lock();
            try {
                if (bytes != null) {
                    queue.add(bytes);
                    queued += bytes.length;
                } else if (broken != null) {
                    failure = broken;
                } else {
                    ended = true;
                }
                if (bytes == null) {
                    hungUp();
                }
                boolean stop = bytes == null || queued >= READ_AHEAD || (handlerSince == 0 && !pumping);
                if (stop) {
                    reading = false;
                }
                changed.signalAll();
                if (stop) {
                    return;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void hungUp() {
        Runnable action = onHangup;
        onHangup = null;
        if (action != null) {
            action.run();
        }
    }

    /** @param action run once, under the lock, if the client leaves before {@link #handlerEnds()} */
    void handlerStarts(Runnable action) {
        lock.lock();
        try {
            onHangup = action;
        } finally {
            lock.unlock();
        }
        handlerSince = System.nanoTime() | 1;
    }

    /** After this a client that leaves is no hang-up: it has, or gets, its answer. */
    void handlerEnds() {
        if (handlerSince != 0) {
            handlerSince = 0;
            lock.lock();
            try {
                onHangup = null;
            } finally {
                lock.unlock();
            }
        }
    }

    void writeStarts() {
        writeSince = System.nanoTime() | 1;
    }

    void writeEnds() {
        writeSince = 0;
    }

    long handlerSince() {
        return handlerSince;
    }

    long writeSince() {
        return writeSince;
    }

    /** For the watcher: reads on, to notice the end of the connection of a handler that takes its time. */
    void watch() {
        lock.lock();
        try {
            if (handlerSince == 0 || onHangup == null) {
                return;
            }
            if (ended || failure != null) {
                hungUp();
            } else if (!reading && queued < READ_AHEAD) {
                startPump();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether bytes were read ahead that nobody has asked for. */
    boolean pending() {
        lock.lock();
        try {
            return queued > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Swallows a little of what still comes, so that closing with unread bytes does not reset the answer away. */
    void linger(long nanos, int most) {
        long until = System.nanoTime() + nanos;
        int left;
        lock.lock();
        try {
            pumping = true;
            left = most - queued;
            queue.clear();
            queued = 0;
        } finally {
            lock.unlock();
        }
        try {
            while (left > 0) {
                byte[] bytes = nextBefore(until);
                if (bytes == null) {
                    return;
                }
                left -= bytes.length;
            }
        } catch (RuntimeException over) {
            // the connection is closed next, whatever came
        }
    }

    void abort() {
        try {
            socket.close();
        } catch (RuntimeException closed) {
            // it is gone, which is what was wanted
        }
    }
}
