package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.config.OpenedFile;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The file that is written, with room for so many bytes; a full one becomes an archive. One thread. */
final class AuditOutput implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuditOutput.class.getName());

    private final Path file;
    private final long most;
    private OutputStream out;
    private OpenedFile opened;
    private long written;

    /** @throws IOException if it cannot be written */
    AuditOutput(Path file, long most) throws IOException {
        this.file = file;
        this.most = most;
        this.out = open();
        this.opened = new OpenedFile(file);
    }

    private OutputStream open() throws IOException {
        if (!Files.exists(file)) {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        }
        written = Files.size(file);
        return Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    void write(JsonBytes lines) throws IOException {
        follow();
        if (written > 0 && written + lines.length() > most) {
            startAnew();
        }
        out.write(lines.array(), lines.start(), lines.length());
        written += lines.length();
    }

    /** Others may rotate it as well: one that was moved away is opened anew, one that was emptied goes on. */
    private void follow() throws IOException {
        switch (opened.glance(written)) {
            case AS_IT_WAS -> {}
            case EMPTIED -> written = Files.size(file);
            case MOVED -> moved();
        }
    }

    /** Where no new file can be had, the old one is written on: a record is worth more than its place. */
    private void moved() {
        OutputStream before = out;
        long inIt = written;
        try {
            out = open();
            opened = new OpenedFile(file);
            before.close();
        } catch (IOException stuck) {
            out = before;
            written = inIt;
        }
    }

    /** What cannot be archived is written on: a record is worth more than a bound. */
    private void startAnew() throws IOException {
        out.close();
        try {
            AuditFiles.shift(file);
        } catch (IOException stuck) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The audit log " + file + " is larger than logging.audit.maxFileBytes, and cannot be archived: "
                            + stuck + ". It grows on; check the permissions of its folder.");
        }
        out = open();
        opened = new OpenedFile(file);
        // one that could not be archived is tried again after as much
        written = 0;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
