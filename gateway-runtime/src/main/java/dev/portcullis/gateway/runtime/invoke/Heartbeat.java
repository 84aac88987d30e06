package dev.portcullis.gateway.runtime.invoke;

import java.util.concurrent.Executor;

/** Whether virtual threads get to run: starts one, and sees how long it takes. One thread asks. */
final class Heartbeat {
    private final Executor virtualThreads;
    private long sent = System.nanoTime();
    private volatile long answered = sent;

    Heartbeat() {
        this(beat -> Thread.ofVirtual().name("heartbeat").start(beat));
    }

    Heartbeat(Executor virtualThreads) {
        this.virtualThreads = virtualThreads;
    }

    /** How long the last beat has been waiting, in nanoseconds; 0 if it ran, and then the next one is sent. */
    long silence(long now) {
        if (answered - sent >= 0) {
            virtualThreads.execute(() -> answered = System.nanoTime());
            // only now: a beat that could not be started is never answered
            sent = now;
            return 0;
        }
        return Math.max(1, now - sent);
    }
}
