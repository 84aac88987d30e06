package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.config.AuditConfig;
import dev.portcullis.gateway.runtime.config.OpenedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Records as lines of JSON in a file that only its owner reads. Callers make the lines, one thread writes them, in batches; when
 * there is no memory for more, callers wait. Closing writes what is left; what a killed process loses is up to
 * {@link AuditConfig.Durability}.
 */
public final class FileAuditLog implements AuditLog {
    private static final System.Logger LOG = System.getLogger(FileAuditLog.class.getName());

    /** Between batches the writer sleeps: waking it for each record would cost the caller more than all the rest of the record. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    /** Longer than the lock is held. */
    private static final long SHORT_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

    /** For a disk that does not answer any more. */
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    /** For a caller who waits until its record is written. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** While records are lost it is tried as often whether they still are. */
    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);

    /** How often it is looked whether archives became too old. */
    private static final long KEEPING = TimeUnit.HOURS.toNanos(1);

    /** A record that waited so long waits for a disk that does not answer. */
    private static final Duration HUNG = Duration.ofSeconds(10);

    /** After so many pauses without a record it waits for the next one, and the machine can rest. */
    private static final int PATIENCE = 20;

    private final Path file;
    private final AuditConfig config;
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

    /** Whether records go to a file that has no name any more. */
    private volatile boolean detached;

    /** Lost records that the file itself does not speak of yet. By the writer alone. */
    private long unnoted;

    /** Why the last ones were lost. */
    private volatile String reason = "";

    private long keptAt = System.nanoTime();

    private FileAuditLog(Path file, AuditConfig config, AuditOutput out, Duration longestEnd) {
        this.file = file;
        this.config = config;
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
        return open(file, new AuditConfig(true, Optional.of(file), most), longestEnd, OpenedFile::append);
    }

    /**
     * Opens the file, creating it for its owner alone.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static FileAuditLog open(Path file, AuditConfig config) {
        return open(file, config, LONGEST_END, OpenedFile::append);
    }

    static FileAuditLog open(Path file, AuditConfig config, Duration longestEnd, OpenedFile.Opener opener) {
        try {
            AuditOutput out = new AuditOutput(file, config, opener, InstantSource.system());
            FileAuditLog log = new FileAuditLog(file, config, out, longestEnd);
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
            put(entry);
        } finally {
            lock.unlock();
        }
        if (idle) {
            wake();
        }
    }

    private void put(AuditRecord entry) {
        if (ended) {
            throw new IllegalStateException("it is closed");
        }
        waiting.add(entry);
    }

    /** Takes a record that nobody is to wait for: not if it would have to wait. */
    void offer(AuditRecord entry) {
        offer(lines -> lines.add(entry));
    }

    void offer(RefusedRequests requests) {
        offer(lines -> lines.add(requests));
    }

    private void offer(Consumer<AuditLines> line) {
        lock();
        try {
            if (ended || waiting.isFull()) {
                lost.increment();
                return;
            }
            line.accept(waiting);
        } finally {
            lock.unlock();
        }
        if (idle) {
            wake();
        }
    }

    @Override
    public void commit(AuditRecord entry) {
        if (config.durability() == AuditConfig.Durability.BATCH) {
            append(entry);
            return;
        }
        try {
            written(entry);
        } catch (RuntimeException | Error broken) {
            lose(1, broken);
        }
    }

    @Override
    public boolean required() {
        return config.required();
    }

    @Override
    public boolean begin(AuditRecord entry) {
        // the record of its refusal follows, and is lost with the others
        try {
            return !failing() && !isFull() && written(entry) && !failing();
        } catch (RuntimeException | Error broken) {
            lose(1, broken);
            return false;
        }
    }

    private boolean isFull() {
        lock();
        try {
            return ended || waiting.isFull();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a record, and returns when it was written; false if it was not, within the time that a caller can wait. */
    private boolean written(AuditRecord entry) {
        AuditLines.Fate fate;
        int line;
        lock();
        try {
            awaitRoom();
            put(entry);
            line = waiting.count() - 1;
            fate = waiting.fate();
        } finally {
            lock.unlock();
        }
        wake();
        return fate.of(line, LONGEST_WAIT);
    }

    private boolean failing() {
        return losing || detached;
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
        reason = String.valueOf(cause.getMessage());
        if (!losing) {
            losing = true;
            say(
                    System.Logger.Level.ERROR,
                    "The audit log " + file + " loses records: " + cause
                            + ". Check the disk and the permissions of the file.");
            // it may rest for an hour, and only it finds out when records are taken again
            LockSupport.unpark(writer);
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
            Duration lag = oldest.age();
            return new Backlog(
                    underWay.count() + waiting.count(),
                    lag,
                    lost.sum(),
                    failing() || lag.compareTo(HUNG) > 0,
                    out.removed());
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        int pauses = 0;
        boolean kept = false;
        while (true) {
            try {
                if (!kept) {
                    kept = true;
                    out.keep();
                }
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
        int written = 0;
        try {
            if (config.required()) {
                out.look();
            }
            resume();
            underWay.write(out);
            written = underWay.count();
        } catch (OpenedFile.PartlyWritten part) {
            written = underWay.within(part.bytes());
            miss(underWay.count() - written, part);
        } catch (IOException | RuntimeException | Error broken) {
            miss(underWay.count(), broken);
        } finally {
            attach();
            underWay.written(written);
        }
    }

    private void miss(int records, Throwable cause) {
        unnoted += records;
        lose(records, cause);
    }

    /** What is lost is said in the file itself before what comes after it. */
    private void resume() throws IOException {
        if (!losing) {
            return;
        }
        if (unnoted > 0) {
            String gap = unnoted + " records before this one could not be written: " + reason;
            try {
                out.write(new AuditEvent(Instant.now(), "records_lost", gap, unnoted).line(), 1);
            } catch (OpenedFile.PartlyWritten none) {
                // none of the lines that wait was written
                throw new IOException(none.getMessage(), none);
            }
            unnoted = 0;
        }
        losing = false;
        say(
                System.Logger.Level.WARNING,
                "The audit log " + file + " takes records again; " + lost.sum() + " were lost since the start");
    }

    private void attach() {
        boolean now = out.detached();
        if (now && !detached) {
            say(
                    System.Logger.Level.ERROR,
                    "The audit log " + file + " was moved away or deleted, and nothing can be written under its name."
                            + " Records go to what was opened before, which may be nowhere. Check its folder.");
        } else if (!now && detached) {
            say(System.Logger.Level.WARNING, "The audit log " + file + " is written under its name again");
        }
        detached = now;
    }

    /** Waits for a record, and meanwhile does what time brings. */
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
            LockSupport.parkNanos(this, failing() ? RETRY : KEEPING);
            Thread.interrupted();
            keep();
        }
    }

    private void keep() {
        if (failing()) {
            retry();
        }
        if (System.nanoTime() - keptAt >= KEEPING) {
            keptAt = System.nanoTime();
            out.keep();
        }
    }

    private void retry() {
        try {
            out.look();
            resume();
        } catch (IOException still) {
            // it was said
        }
        attach();
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
