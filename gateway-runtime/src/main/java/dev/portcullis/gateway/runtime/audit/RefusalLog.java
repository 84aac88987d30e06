package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.config.AuditConfig;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An audit log that keeps requests which were refused before anybody was admitted away from the records of admitted calls: they go to a file
 * of their own, of a bounded size, the first few of a minute one by one and further ones as a number. Who has no credential can
 * neither displace a record nor make others wait.
 */
public final class RefusalLog implements AuditLog {
    private static final System.Logger LOG = System.getLogger(RefusalLog.class.getName());

    /** Lines in the log of the gateway, a minute. */
    static final int SAID = 20;

    private final AuditLog admitted;
    private final @Nullable FileAuditLog refused;
    private final ReentrantLock lock = new ReentrantLock();
    private final Refusals refusals;
    private boolean awaited;
    private boolean closed;
    private int said;
    private long unsaid;

    /** @param refused where refusals go, the log of admitted calls itself if there can be no other file; null if nothing is recorded */
    public RefusalLog(AuditLog admitted, @Nullable FileAuditLog refused) {
        this(admitted, refused, System::nanoTime);
    }

    /**
     * Records in a file, and refusals in another one beside it.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public static RefusalLog open(Path file, AuditConfig config) {
        FileAuditLog calls = FileAuditLog.open(file, config);
        return new RefusalLog(calls, refused(file, config).orElse(calls));
    }

    /** Empty where only that one file can be written. */
    private static Optional<FileAuditLog> refused(Path file, AuditConfig config) {
        Path beside = AuditFiles.refused(file);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FileAuditLog.open(beside, config.forRefusals()));
        } catch (UncheckedIOException unwritable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Refused requests are recorded in " + file
                            + " as well, and take the space of admitted calls there: " + unwritable.getMessage()
                            + ". Let the gateway create files in that folder.");
            return Optional.empty();
        }
    }

    RefusalLog(AuditLog admitted, @Nullable FileAuditLog refused, LongSupplier nanoTime) {
        this.admitted = admitted;
        this.refused = refused;
        this.refusals = new Refusals(nanoTime);
    }

    @Override
    public void append(AuditRecord entry) {
        if (entry.admitted()) {
            admitted.append(entry);
        } else {
            refuse(entry);
        }
    }

    @Override
    public void commit(AuditRecord entry) {
        if (entry.admitted()) {
            admitted.commit(entry);
        } else {
            refuse(entry);
        }
    }

    @Override
    public boolean required() {
        return admitted.required();
    }

    @Override
    public boolean begin(AuditRecord entry) {
        return admitted.begin(entry);
    }

    @Override
    public Backlog backlog() {
        return admitted.backlog();
    }

    private void refuse(AuditRecord entry) {
        boolean single;
        boolean say;
        lock.lock();
        try {
            if (refusals.isOver()) {
                flush();
            }
            single = refusals.single(entry);
            say = single && said < SAID;
            said += say ? 1 : 0;
            unsaid += say ? 0 : 1;
            if (!single && !awaited && !closed) {
                awaited = true;
                Thread.ofVirtual().name("refusals").start(this::flushLater);
            }
        } finally {
            lock.unlock();
        }
        if (single && refused != null) {
            refused.offer(entry);
        }
        if (say) {
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "Invocation " + entry.invocation() + " of " + entry.client() + " (" + entry.surface()
                            + ") not admitted: " + Refusals.reason(entry));
        }
    }

    /** Who stopped to ask is counted, too. */
    private void flushLater() {
        try {
            Thread.sleep(Refusals.WINDOW);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            awaited = false;
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** Records and says what was counted. */
    void flush() {
        lock.lock();
        try {
            List<RefusedRequests> counted = refusals.take();
            if (refused != null) {
                counted.forEach(refused::offer);
            }
            if (unsaid > 0) {
                LOG.log(System.Logger.Level.INFO, summary(counted));
            }
            said = 0;
            unsaid = 0;
        } finally {
            lock.unlock();
        }
    }

    private String summary(List<RefusedRequests> counted) {
        String reasons = counted.stream()
                .collect(Collectors.groupingBy(
                        requests -> Refusals.reason(requests.last()),
                        TreeMap::new,
                        Collectors.summingLong(RefusedRequests::count)))
                .entrySet()
                .stream()
                // not "reason=number", which looks like a secret
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .collect(Collectors.joining(", "));
        String clients = counted.stream()
                .sorted((one, other) -> Long.compare(other.count(), one.count()))
                .map(RefusedRequests::client)
                .distinct()
                .limit(3)
                .collect(Collectors.joining(", "));
        return unsaid + " more requests were not admitted within a minute"
                + (counted.isEmpty() ? "" : ": " + reasons + ", most of them of " + clients)
                + ". \"portcullis audit list --failed\" counts them by client.";
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            flush();
        } finally {
            lock.unlock();
        }
        admitted.close();
        if (refused != null && refused != admitted) {
            refused.close();
        }
    }
}
