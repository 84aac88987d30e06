package dev.portcullis.gateway.runtime.invoke;

/** Whether virtual threads get to run: starts one, and sees how long it takes. One thread asks. */
final class Heartbeat {
    private long sent;
    private volatile long answered;

    /** How long the last beat has been waiting, in nanoseconds; 0 if it ran, and then the next one is sent. */
    long silence(long now) {
        if (answered == sent) {
            long beat = now | 1;
            sent = beat;
            Thread.ofVirtual().name("heartbeat").start(() -> answered = beat);
            return 0;
        }
        return Math.max(1, now - sent);
    }
}
