package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/** New files that only their owner can read. */
final class PrivateFile {
    private PrivateFile() {}

    /** Puts a text where another file may be, in one step. */
    static void write(String text, Path to) throws IOException {
        Path made = beside(to, ".copy");
        Files.writeString(made, text);
        replace(made, to);
    }

    /** Puts a new file where another one may be, in one step; whoever read that one, such as a gateway's own user, reads this too. */
    static void replace(Path made, Path to) throws IOException {
        if (made.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            ownedLike(made, Files.exists(to) ? to : Objects.requireNonNull(made.getParent()));
        }
        Files.move(made, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of consequence where root writes for another user: an own file stays as it is. Who may write the folder cannot have a link followed. */
    private static void ownedLike(Path made, Path other) throws IOException {
        Map<String, Object> wanted = Files.readAttributes(other, "unix:uid,gid");
        Map<String, Object> now = Files.readAttributes(made, "unix:uid,gid");
        if (wanted.equals(now)) {
            return;
        }
        try {
            Files.setAttribute(made, "unix:gid", wanted.get("gid"), LinkOption.NOFOLLOW_LINKS);
            if (Files.isRegularFile(other)
                    && Files.getPosixFilePermissions(other).contains(PosixFilePermission.GROUP_READ)) {
                Files.setAttribute(
                        made,
                        "posix:permissions",
                        PosixFilePermissions.fromString("rw-r-----"),
                        LinkOption.NOFOLLOW_LINKS);
            }
            Files.setAttribute(made, "unix:uid", wanted.get("uid"), LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException forbidden) {
            // only root may give a file away
        }
    }

    /** An empty file in the same folder. */
    static Path beside(Path file, String suffix) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        return Files.createTempFile(folder, ".config-", suffix, OwnerOnly.file(folder));
    }
}
