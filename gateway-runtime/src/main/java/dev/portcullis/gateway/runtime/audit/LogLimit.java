package dev.portcullis.gateway.runtime.audit;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** An entry of the log that callers can cause as often as they like: the first few of a minute are said, then how many there were. */
public final class LogLimit {
    static final int SAID = 5;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final System.Logger log;
    private final System.Logger.Level level;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private long began;
    private int said;
    private long unsaid;
    private boolean awaited;

    public LogLimit(System.Logger log, System.Logger.Level level) {
        this(log, level, System::nanoTime);
    }

    LogLimit(System.Logger log, System.Logger.Level level, LongSupplier nanoTime) {
        this.log = log;
        this.level = level;
        this.nanoTime = nanoTime;
    }

    /** Says it, or counts it. */
    public void log(Supplier<String> message) {
        if (may()) {
            log.log(level, message);
        }
    }

    private boolean may() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            if (said > 0 && now - began >= WINDOW.toNanos()) {
                end();
            }
            if (said == 0) {
                began = now;
            }
            if (said < SAID) {
                said++;
                return true;
            }
            unsaid++;
            if (!awaited) {
                awaited = true;
                Thread.ofVirtual().name("log-limit").start(this::endLater);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void endLater() {
        try {
            Thread.sleep(WINDOW);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            awaited = false;
            end();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        if (unsaid > 0) {
            log.log(level, "The same happened " + unsaid + " more times within a minute.");
        }
        said = 0;
        unsaid = 0;
    }
}
