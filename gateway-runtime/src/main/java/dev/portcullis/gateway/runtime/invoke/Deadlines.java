package dev.portcullis.gateway.runtime.invoke;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends invocations whose time is up. An invocation that ends in time, as nearly all do, costs an entry in a set: the thread
 * that watches is woken only for a deadline that comes before it would look again by itself.
 */
final class Deadlines implements AutoCloseable {
    private static final long LONGEST_NAP = TimeUnit.SECONDS.toNanos(1);
    private static final long STUMBLE = TimeUnit.MILLISECONDS.toNanos(10);

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().name("deadlines").daemon(true).unstarted(this::run);

    /** While the thread is awake nobody can know what it has seen: everybody wakes it. */
    private volatile boolean awake = true;

    private volatile long looksAgainAt;
    private volatile boolean closed;

    void start() {
        thread.start();
    }

    void add(Running invocation) {
        running.add(invocation);
        if (awake || invocation.deadlineNanos() - looksAgainAt < 0) {
            LockSupport.unpark(thread);
        }
    }

    void remove(Running invocation) {
        running.remove(invocation);
    }

    private void run() {
        while (!closed) {
            try {
                LockSupport.parkNanos(this, round());
            } catch (RuntimeException | Error fault) {
                // a tool took all memory: nothing can be said now, and deadlines must go on
                LockSupport.parkNanos(this, STUMBLE);
            }
            // or the next nap would be none
            Thread.interrupted();
        }
    }

    /** Ends what is late, and says how long nothing else will be. */
    private long round() {
        awake = true;
        long now = System.nanoTime();
        long nap = LONGEST_NAP;
        for (Running invocation : running) {
            long left = invocation.deadlineNanos() - now;
            if (left <= 0) {
                // stays until its tool ends; to expire twice is to expire
                invocation.expire();
            } else {
                nap = Math.min(nap, left);
            }
        }
        looksAgainAt = now + nap;
        awake = false;
        return nap;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
