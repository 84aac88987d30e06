package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One gateway for one state directory: a lock of the operating system, which ends with the process however that ends. */
public final class StateLock implements AutoCloseable {
    /** Its name in the state directory. */
    public static final String FILE = "gateway.lock";

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws StateDirectoryException if another gateway has it
     */
    public static StateLock take(StateDirectory state) throws StateDirectoryException {
        Path file = state.path().resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OwnerOnly.file(file));
            if (!locked(channel)) {
                channel.close();
                throw new StateDirectoryException(
                        state.path(),
                        "another gateway" + holder(file) + " is using this state directory",
                        "Stop it first (\"portcullis status\" shows whether it answers), or give this one a directory of its"
                                + " own with --state-dir.");
            }
            StateLock taken = new StateLock(channel);
            taken.write(ProcessHandle.current().pid() + "\n");
            return taken;
        } catch (IOException unusable) {
            throw new StateDirectoryException(
                    file,
                    "the lock file of the state directory cannot be used ("
                            + unusable.getClass().getSimpleName() + ")",
                    "Check the permissions, and that the file system can lock files.");
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    /** What it left there, if it can be read. */
    private static String holder(Path file) {
        return StateHolder.in(file)
                .map(holder -> " (process " + holder.pid() + ")")
                .orElse("");
    }

    /** Leaves word for commands where this gateway listens. */
    public void listening(URI address) throws IOException {
        write(ProcessHandle.current().pid() + "\n" + address + "\n");
    }

    private void write(String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** Lets another gateway have it. */
    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException gone) {
            // the lock ends with the channel either way
        }
    }
}
