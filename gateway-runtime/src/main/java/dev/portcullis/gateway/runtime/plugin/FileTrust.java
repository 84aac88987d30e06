package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * Who could have written a plugin's file. Its code runs with the gateway's rights, so only the gateway's user and root may
 * be able to.
 */
final class FileTrust {
    private final String user;

    /** @param user the name of the gateway's user */
    FileTrust(String user) {
        this.user = user;
    }

    Optional<Refusal> refuses(Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return Optional.empty(); // no POSIX permissions here: the platform's own access control holds
        }
        try {
            PosixFileAttributes attributes = view.readAttributes();
            if (attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
                return Optional.of(new Refusal(
                        file.getFileName() + " can be written by every user of this machine ("
                                + java.nio.file.attribute.PosixFilePermissions.toString(attributes.permissions())
                                + "), who could run code as the gateway.",
                        "Run: chmod o-w " + ShellWord.quoted(file)));
            }
            String owner = attributes.owner().getName();
            if (!owner.equals(user) && !owner.equals("root") && !owner.equals("0")) {
                return Optional.of(new Refusal(
                        file.getFileName() + " belongs to the user \"" + owner + "\", and the gateway runs as \"" + user
                                + "\": another user could run code as the gateway.",
                        "Run: chown " + user + " " + ShellWord.quoted(file) + ", if you trust its content."));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Refusal(
                    file.getFileName() + " cannot be examined: " + e + ".", "Let the gateway's user read it."));
        }
    }

    /** The user that files created by this process belong to. */
    static FileTrust ofFilesIn(Path ownFolder) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(ownFolder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return new FileTrust(
                view == null
                        ? System.getProperty("user.name", "")
                        : view.readAttributes().owner().getName());
    }
}
