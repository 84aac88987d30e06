package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records as lines of JSON in a file that only its owner reads. Callers make the lines, one thread writes them, in batches; when
 * there is no room for more, callers wait. Closing writes what is left; a killed process loses what came in the last hundredth of a
 * second.
 */
public final class FileAuditLog implements AuditLog {
    private static final System.Logger LOG = System.getLogger(FileAuditLog.class.getName());

    /** Between batches the writer sleeps: waking it for each record would cost the caller more than all the rest of the record. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    /** Longer than the lock is held. */
    private static final long SHORT_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

    /** For a disk that does not answer any more. */
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    /** After so many pauses without a record it waits for the next one, and the machine can rest. */
    private static final int PATIENCE = 20;

    private final Path file;
    private final AuditOutput out;
    private final Duration longestEnd;
    private final Thread writer;
    private final LongAdder lost = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private AuditLines waiting = new AuditLines();
    private AuditLines underWay = new AuditLines();
    private boolean closing;
    private boolean ended;

    /** The writer waits to be woken. */
    private volatile boolean idle;

    /** Whether it was said that records are lost. */
    private volatile boolean losing;

    private FileAuditLog(Path file, AuditOutput out, Duration longestEnd) {
        this.file = file;
        this.out = out;
        this.longestEnd = longestEnd;
        this.writer = Thread.ofPlatform().name("audit").daemon(true).unstarted(this::write);
    }

    /**
     * Opens the file, creating it for its owner alone.
     *
     * @param most bytes it may have before it becomes an archive
     * @throws UncheckedIOException if it cannot be written
     */
    public static FileAuditLog open(Path file, long most) {
        return open(file, most, LONGEST_END);
    }

    static FileAuditLog open(Path file, long most, Duration longestEnd) {
        try {
            FileAuditLog log = new FileAuditLog(file, new AuditOutput(file, most), longestEnd);
            log.writer.start();
            return log;
        } catch (IOException broken) {
            throw new UncheckedIOException("The audit log " + file + " cannot be written: " + broken, broken);
        }
    }

    @Override
    public void append(AuditRecord entry) {
        try {
            add(entry);
        } catch (RuntimeException | Error broken) {
            lose(1, broken);
        }
    }

    private void add(AuditRecord entry) {
        lock();
        try {
            awaitRoom();
            if (ended) {
                throw new IllegalStateException("it is closed");
            }
            waiting.add(entry);
        } finally {
            lock.unlock();
        }
        if (idle) {
            wake();
        }
    }

    /**
     * Threads of the operating system do not stand in its queue: a virtual thread that is before them may have to wait for a carrier,
     * and tools that do not yield may have them all. Who answers the callers of those must not wait for them.
     */
    private void lock() {
        if (Thread.currentThread().isVirtual()) {
            lock.lock();
        } else {
            lockSoon();
        }
    }

    private void lockSoon() {
        while (!lock.tryLock()) {
            pause(SHORT_PAUSE);
        }
    }

    /** An invocation that was interrupted is recorded all the same. */
    private void awaitRoom() {
        while (waiting.isFull() && !ended) {
            LockSupport.unpark(writer);
            if (Thread.currentThread().isVirtual()) {
                room.awaitUninterruptibly();
            } else {
                letOthersIn();
            }
        }
    }

    private void letOthersIn() {
        lock.unlock();
        try {
            pause(PAUSE);
        } finally {
            lockSoon();
        }
    }

    /** Whoever is interrupted pauses, and stays interrupted. */
    private void pause(long nanos) {
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(this, nanos);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        idle = false;
        LockSupport.unpark(writer);
    }

    /** Says so once, and not again before a record is written: a disk that is full may be the one of the log, too. */
    private void lose(int records, Throwable cause) {
        lost.add(records);
        if (!losing) {
            losing = true;
            say(
                    System.Logger.Level.ERROR,
                    "The audit log " + file + " loses records: " + cause
                            + ". Check the disk and the permissions of the file.");
        }
    }

    private static void say(System.Logger.Level level, String message) {
        try {
            LOG.log(level, message);
        } catch (RuntimeException | Error unsaid) {
            // whoever calls has more to do than to say it
        }
    }

    @Override
    public Backlog backlog() {
        lock();
        try {
            AuditLines oldest = underWay.isEmpty() ? waiting : underWay;
            return new Backlog(underWay.count() + waiting.count(), oldest.age(), lost.sum());
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        int pauses = 0;
        while (true) {
            try {
                if (exchange()) {
                    pauses = 0;
                    writeLines();
                } else if (ended()) {
                    return;
                } else if (++pauses >= PATIENCE) {
                    pauses = 0;
                    rest();
                }
            } catch (RuntimeException | Error broken) {
                // no memory, it may be; without its writer there would be no room one day, and every request would wait
                // for ever
            }
            // a plugin may interrupt what it finds: there would be no pause any more
            Thread.interrupted();
            LockSupport.parkNanos(this, PAUSE);
        }
    }

    /** Takes what waits and leaves room for more. */
    private boolean exchange() {
        lockSoon();
        try {
            underWay.clear();
            AuditLines taken = waiting;
            waiting = underWay;
            underWay = taken;
            room.signalAll();
            return !taken.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void writeLines() {
        try {
            underWay.write(out);
            if (losing) {
                losing = false;
                say(
                        System.Logger.Level.WARNING,
                        "The audit log " + file + " takes records again; " + lost.sum() + " were lost since the start");
            }
        } catch (IOException | RuntimeException | Error broken) {
            lose(underWay.count(), broken);
        }
    }

    /** Waits for a record. */
    private void rest() {
        lockSoon();
        try {
            idle = waiting.isEmpty() && !closing;
            if (idle) {
                waiting.trim();
                underWay.trim();
            }
        } finally {
            lock.unlock();
        }
        while (idle) {
            LockSupport.park(this);
            Thread.interrupted();
        }
    }

    private boolean ended() {
        lockSoon();
        try {
            ended = closing && waiting.isEmpty();
            if (ended) {
                room.signalAll();
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lockSoon();
        try {
            closing = true;
        } finally {
            lock.unlock();
        }
        wake();
        if (hasEnded()) {
            closeFile();
        } else {
            giveUp();
        }
        if (losing) {
            say(
                    System.Logger.Level.ERROR,
                    "The audit log " + file + " is closed, and " + lost.sum()
                            + " records were lost since the start. Check the disk and the permissions of the file.");
        }
    }

    /** Waits for the writer, also when interrupted: what was answered is to be recorded. */
    private boolean hasEnded() {
        long until = System.nanoTime() + longestEnd.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return writer.join(Duration.ofNanos(until - System.nanoTime()));
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeFile() {
        try {
            out.close();
        } catch (IOException broken) {
            LOG.log(System.Logger.Level.ERROR, "The audit log " + file + " cannot be closed", broken);
        }
    }

    private void giveUp() {
        int left;
        lockSoon();
        try {
            ended = true;
            room.signalAll();
            left = underWay.count() + waiting.count();
        } finally {
            lock.unlock();
        }
        lose(left, new IOException("the disk did not take them within " + longestEnd.toSeconds() + " seconds"));
    }
}
