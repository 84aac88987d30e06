package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.config.AuditConfig;
import dev.portcullis.gateway.runtime.config.OpenedFile;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The file that is written, with space for so many bytes; a full one becomes an archive. One thread. */
final class AuditOutput implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuditOutput.class.getName());

    private final Path file;
    private final long most;
    private final boolean force;
    private final OpenedFile out;
    private final AuditRetention retention;
    private final LongAdder removed = new LongAdder();

    /** When what is in the file began; nothing as long as there is nothing in it. */
    private Optional<Instant> begun = Optional.empty();

    /** What was written to the file since it was empty, if it was. */
    private long bytes;

    private long lines;

    /** Bytes that could not be archived: that is tried again after as many as one file may have. */
    private long stuck;

    /** @throws IOException if it cannot be written */
    AuditOutput(Path file, AuditConfig config, OpenedFile.Opener opener, InstantSource clock) throws IOException {
        this.file = file;
        this.most = config.maxFileBytes();
        this.force = config.durability() == AuditConfig.Durability.DISK;
        this.out = new OpenedFile(file, opener);
        this.retention = new AuditRetention(file, most, config.retention(), clock);
        if (out.size() > 0) {
            begun = Optional.of(AuditRetention.begun(file));
        }
    }

    /** @param count of the lines */
    void write(JsonBytes text, int count) throws IOException {
        if (force) {
            out.look();
        } else {
            out.glance();
        }
        if (isFullWith(text)) {
            // another process may have archived it just now
            out.look();
            if (isFullWith(text)) {
                startAnew();
            }
        }
        put(text, count);
        if (force) {
            out.force();
        }
    }

    private void put(JsonBytes text, int count) throws IOException {
        if (out.size() == 0) {
            begun = Optional.of(Instant.now());
            bytes = 0;
            lines = 0;
        }
        out.write(text.array(), text.start(), text.length());
        bytes += text.length();
        lines += count;
    }

    private boolean isFullWith(JsonBytes text) {
        stuck = Math.min(stuck, out.size());
        long written = out.size() - stuck;
        return written > 0
                && (written + text.length() > most
                        || begun.filter(retention::isOld).isPresent());
    }

    /** What cannot be archived is written on: a record is worth more than a bound. */
    private void startAnew() {
        try {
            retention.wrote(out.key(), bytes, lines);
            AuditFiles.shift(file);
        } catch (IOException unmoved) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The audit log " + file + " is larger than logging.audit.maxFileBytes, or older than"
                            + " logging.audit.retention.days allows, and cannot be archived: " + unmoved
                            + ". It grows on; check the permissions of its folder.");
        }
        out.reopen();
        stuck = out.size();
        begun = stuck > 0 ? Optional.of(Instant.now()) : Optional.empty();
        remove();
    }

    /** Does what is to be done as time passes, though no record comes. */
    void keep() {
        out.look();
        if (out.size() > 0 && begun.filter(retention::isOld).isPresent()) {
            startAnew();
        } else {
            remove();
        }
    }

    private void remove() {
        try {
            retention.apply(event -> {
                removed.increment();
                note(event);
            });
        } catch (IOException unremoved) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Archives of the audit log " + file + " cannot be removed, though logging.audit.retention says so: "
                            + unremoved + ". Check the permissions of its folder.");
        }
    }

    private void note(AuditEvent event) {
        try {
            put(event.line(), 1);
        } catch (IOException unwritten) {
            // the log of the gateway says the same, and the next record finds out about the disk
        }
    }

    /** Follows what others did to the file. */
    void look() {
        out.look();
    }

    /** Whether what is written has no name any more, so that it can be lost. */
    boolean detached() {
        return out.detached();
    }

    /** Archives since the start. */
    long removed() {
        return removed.sum();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
