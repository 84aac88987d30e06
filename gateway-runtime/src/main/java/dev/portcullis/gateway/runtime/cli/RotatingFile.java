package dev.portcullis.gateway.runtime.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * A log file of bounded size that only its owner reads. Full, it is put aside as {@code NAME.1}, and the oldest of those that
 * were put aside before goes. The JDK's own handler cannot: it numbers the file that it writes to.
 */
final class RotatingFile extends Handler {
    static final int ARCHIVES = 5;

    private final Path file;
    private final long limit;
    private OutputStream out;
    private long written;
    private boolean closed;

    RotatingFile(Path file, long limit, Formatter formatter) throws IOException {
        this.file = file.toAbsolutePath();
        this.limit = limit;
        setFormatter(formatter);
        Path folder = this.file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        this.out = open();
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (closed || !isLoggable(record)) {
            return;
        }
        try {
            byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
            if (written > 0 && written + line.length > limit) {
                rotate();
            }
            out.write(line);
            written += line.length;
        } catch (IOException | RuntimeException unwritten) {
            reportError(null, unwritten, ErrorManager.WRITE_FAILURE);
        }
    }

    private void rotate() throws IOException {
        out.close();
        try {
            for (int i = ARCHIVES; i > 1; i--) {
                Path older = archive(i - 1);
                if (Files.exists(older)) {
                    Files.move(older, archive(i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(file, archive(1), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            // what cannot be put aside grows on: losing the log is worse
            out = open();
        }
    }

    private Path archive(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private OutputStream open() throws IOException {
        if (Files.notExists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        OutputStream opened = Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        written = Files.size(file);
        return opened;
    }

    /** Nothing is kept back. */
    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
        closed = true;
        try {
            out.close();
        } catch (IOException gone) {
            reportError(null, gone, ErrorManager.CLOSE_FAILURE);
        }
    }
}
