package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.runtime.config.FileTrust;
import dev.portcullis.gateway.runtime.config.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** That a database file is this process's, and its owner's alone. */
final class StoreClaim {
    private StoreClaim() {}

    /** Creates the file for its owner alone, before the driver would for everybody, and claims it. */
    static FileChannel on(Path file) {
        try {
            createPrivate(file);
            Path claim = file.resolveSibling(file.getFileName() + ".lock");
            createPrivate(claim);
            FileChannel channel = FileChannel.open(claim, StandardOpenOption.WRITE);
            if (!claimed(channel)) {
                channel.close();
                throw new SessionStoreException("The session store " + file
                        + " is in use by another gateway: stop that one, or set another state directory.");
            }
            return channel;
        } catch (IOException failed) {
            throw new SessionStoreException(
                    "The session store " + file + " cannot be created or opened: " + failed
                            + ". The state directory must be writable for the user that runs the gateway.",
                    failed);
        }
    }

    private static boolean claimed(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    private static void createPrivate(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, OwnerOnly.folder(folder));
        }
        try {
            Files.createFile(file, OwnerOnly.file(file));
        } catch (FileAlreadyExistsException there) {
            FileTrust.ofProcess()
                    .orOwnerOf(folder == null ? file.toAbsolutePath() : folder)
                    .checked(file);
            if (OwnerOnly.possible(file) && Files.isRegularFile(file)) {
                Files.setPosixFilePermissions(file, OwnerOnly.FILE);
            }
        }
    }
}
