package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.OpenedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * A log file of bounded size that only its owner reads. Full, it is put aside as {@code NAME.1}, and the oldest of those that
 * were put aside before goes. Others may rotate it as well. The JDK's own handler cannot: it numbers the file that it writes to.
 */
final class RotatingFile extends Handler {
    static final int ARCHIVES = 5;

    private final Path file;
    private final long limit;
    private final OpenedFile out;
    private boolean closed;

    RotatingFile(Path file, long limit, Formatter formatter) throws IOException {
        this.file = file.toAbsolutePath();
        this.limit = limit;
        setFormatter(formatter);
        Path folder = this.file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        this.out = new OpenedFile(this.file);
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (closed || !isLoggable(record)) {
            return;
        }
        try {
            byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
            out.glance();
            if (out.size() > 0 && out.size() + line.length > limit) {
                rotate();
            }
            out.write(line, 0, line.length);
        } catch (IOException | RuntimeException unwritten) {
            reportError(null, unwritten, ErrorManager.WRITE_FAILURE);
        }
    }

    /** Looks now whether others moved the file away; for who was told so. */
    synchronized void reopen() {
        if (!closed) {
            out.look();
        }
    }

    private void rotate() {
        try {
            for (int i = ARCHIVES; i > 1; i--) {
                Path older = archive(i - 1);
                if (Files.exists(older)) {
                    Files.move(older, archive(i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(file, archive(1), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unmoved) {
            // it grows on: losing the log is worse
            reportError(null, unmoved, ErrorManager.GENERIC_FAILURE);
        }
        out.reopen();
    }

    private Path archive(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
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
