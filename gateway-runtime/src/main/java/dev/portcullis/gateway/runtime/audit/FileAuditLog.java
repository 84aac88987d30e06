package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Records as lines of JSON in a file that only its owner reads. One thread writes, in batches; a full queue makes callers
 * wait. Closing writes what is left; a killed process loses what came in the last hundredth of a second.
 */
public final class FileAuditLog implements AuditLog {
    private static final System.Logger LOG = System.getLogger(FileAuditLog.class.getName());
    private static final int ROOM = 8_192;
    private static final int BATCH = 512;

    /**
     * Between batches the writer sleeps instead of waiting for the queue: waking it for each record would cost the caller more
     * than all the rest of the record.
     */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    /** After so many empty pauses it waits for the queue, and the machine can rest. */
    private static final int PATIENCE = 40;

    private final BlockingQueue<AuditRecord> queue = new ArrayBlockingQueue<>(ROOM);
    private final Path file;
    private final AuditOutput out;
    private final Thread writer;
    private final LongAdder lost = new LongAdder();
    private volatile boolean closing;

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
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!queue.offer(entry)) {
                        LockSupport.unpark(writer);
                        queue.put(entry);
                    }
                    return;
                } catch (InterruptedException later) {
                    // an invocation that was interrupted is recorded all the same
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Backlog backlog() {
        AuditRecord oldest = queue.peek();
        Duration lag = oldest == null ? Duration.ZERO : Duration.between(oldest.time(), Instant.now());
        return new Backlog(queue.size(), lag.isNegative() ? Duration.ZERO : lag, lost.sum());
    }

    private void write() {
        List<AuditRecord> batch = new ArrayList<>(BATCH);
        JsonBytes lines = new JsonBytes(0, BATCH * 32);
        int pauses = 0;
        while (true) {
            try {
                if (queue.drainTo(batch, BATCH) == 0) {
                    if (closing && queue.isEmpty()) {
                        return;
                    }
                    if (++pauses <= PATIENCE) {
                        LockSupport.parkNanos(this, PAUSE);
                        continue;
                    }
                    AuditRecord first = queue.poll(100, TimeUnit.MILLISECONDS);
                    if (first == null) {
                        continue;
                    }
                    batch.add(first);
                }
                pauses = 0;
                AuditLine.write(batch, lines);
                out.write(lines);
                if (batch.size() < BATCH) {
                    LockSupport.parkNanos(this, PAUSE);
                }
            } catch (InterruptedException ignored) {
                // only closing ends the writer
            } catch (IOException | RuntimeException | Error broken) {
                // without its writer the queue would fill, and every request would wait for ever
                lost.add(batch.size());
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> "The audit log " + file + " lost " + batch.size() + " records: " + broken
                                + ". Check the disk and the permissions of the file.");
            } finally {
                batch.clear();
                lines.reset();
            }
        }
    }

    @Override
    public void close() {
        closing = true;
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
