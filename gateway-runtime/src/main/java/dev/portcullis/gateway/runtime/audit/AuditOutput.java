package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.config.OpenedFile;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.io.IOException;
import java.nio.file.Path;

/** The file that is written, with room for so many bytes; a full one becomes an archive. One thread. */
final class AuditOutput implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuditOutput.class.getName());

    private final Path file;
    private final long most;
    private final OpenedFile out;

    /** Bytes that could not be archived: that is tried again after as many as one file may have. */
    private long stuck;

    /** @throws IOException if it cannot be written */
    AuditOutput(Path file, long most) throws IOException {
        this.file = file;
        this.most = most;
        this.out = new OpenedFile(file);
    }

    void write(JsonBytes lines) throws IOException {
        out.glance();
        if (isFullWith(lines)) {
            // another process may have archived it just now
            out.look();
            if (isFullWith(lines)) {
                startAnew();
            }
        }
        out.write(lines.array(), lines.start(), lines.length());
    }

    private boolean isFullWith(JsonBytes lines) {
        stuck = Math.min(stuck, out.size());
        long written = out.size() - stuck;
        return written > 0 && written + lines.length() > most;
    }

    /** What cannot be archived is written on: a record is worth more than a bound. */
    private void startAnew() {
        try {
            AuditFiles.shift(file);
        } catch (IOException unmoved) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The audit log " + file + " is larger than logging.audit.maxFileBytes, and cannot be archived: "
                            + unmoved + ". It grows on; check the permissions of its folder.");
        }
        out.reopen();
        stuck = out.size();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
