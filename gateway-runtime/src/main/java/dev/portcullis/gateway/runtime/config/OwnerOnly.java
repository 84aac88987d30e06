package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What new files and folders are given so that nobody but their owner can use them, from their first moment on; nothing where
 * files have no permissions. For all rooms that write something.
 */
public final class OwnerOnly {
    /** Of a file. */
    public static final Set<PosixFilePermission> FILE = Set.copyOf(PosixFilePermissions.fromString("rw-------"));

    private static final Set<PosixFilePermission> FOLDER = Set.copyOf(PosixFilePermissions.fromString("rwx------"));

    private OwnerOnly() {}

    /** For a new file beside or in a path. */
    public static FileAttribute<?>[] file(Path near) {
        return attributes(near, FILE);
    }

    /** For a new folder beside or in a path. */
    public static FileAttribute<?>[] folder(Path near) {
        return attributes(near, FOLDER);
    }

    /** Whether files have permissions there. */
    public static boolean possible(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path near, Set<PosixFilePermission> permissions) {
        return possible(near)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
