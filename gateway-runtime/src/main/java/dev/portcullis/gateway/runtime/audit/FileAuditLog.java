package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    /** After so many pauses without a record it waits for the next one, and the machine can rest. */
    private static final int PATIENCE = 20;

    private final Path file;
    private final AuditOutput out;
    private final Thread writer;
    private final LongAdder lost = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition record = lock.newCondition();
    private final Condition room = lock.newCondition();
    private AuditLines waiting = new AuditLines();
    private boolean idle;
    private boolean closing;
    private boolean ended;

    private FileAuditLog(Path file, AuditOutput out) {
        this.file = file;
        this.out = out;
        this.writer = Thread.ofPlatform().name("audit").daemon(true).unstarted(this::write);
    }

    /**
     * Opens the file, creating it for its owner alone.
     *
     * @param most bytes it may have before it becomes an archive
     * @throws UncheckedIOException if it cannot be written
     */
    public static FileAuditLog open(Path file, long most) {
        try {
            FileAuditLog log = new FileAuditLog(file, new AuditOutput(file, most));
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
        lock.lock();
        try {
            while (waiting.isFull() && !ended) {
                LockSupport.unpark(writer);
                // an invocation that was interrupted is recorded all the same
                room.awaitUninterruptibly();
            }
            if (ended) {
                throw new IllegalStateException("it is closed");
            }
            waiting.add(entry);
            if (idle) {
                idle = false;
                record.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void lose(int records, Throwable cause) {
        lost.add(records);
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "The audit log " + file + " lost " + records + " records: " + cause
                        + ". Check the disk and the permissions of the file.");
    }

    @Override
    public Backlog backlog() {
        lock.lock();
        try {
            Duration lag = waiting.isEmpty() ? Duration.ZERO : Duration.between(waiting.oldest(), Instant.now());
            return new Backlog(waiting.count(), lag.isNegative() ? Duration.ZERO : lag, lost.sum());
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        AuditLines lines = new AuditLines();
        int pauses = 0;
        while (true) {
            lines.clear();
            lines = exchange(lines, pauses >= PATIENCE);
            if (!lines.isEmpty()) {
                pauses = 0;
                write(lines);
            } else if (ended()) {
                return;
            } else {
                pauses++;
            }
            LockSupport.parkNanos(this, PAUSE);
        }
    }

    /** Takes what waits and leaves room for more; waits for a record if it is told to. */
    private AuditLines exchange(AuditLines free, boolean patient) {
        lock.lock();
        try {
            AuditLines next = free;
            idle = patient && waiting.isEmpty() && !closing;
            if (idle) {
                // the room that a busy hour needed
                next = new AuditLines();
                waiting = new AuditLines();
            }
            while (idle) {
                record.awaitUninterruptibly();
            }
            AuditLines taken = waiting;
            waiting = next;
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(AuditLines lines) {
        try {
            lines.write(out);
        } catch (IOException | RuntimeException | Error broken) {
            // without its writer there would be no room one day, and every request would wait for ever
            lose(lines.count(), broken);
        }
    }

    private boolean ended() {
        lock.lock();
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
        lock.lock();
        try {
            closing = true;
            idle = false;
            record.signal();
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(writer);
        try {
            writer.join();
            out.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            LOG.log(System.Logger.Level.ERROR, "The audit log " + file + " cannot be closed", broken);
        }
    }
}
