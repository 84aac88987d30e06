package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The directory that a gateway keeps for itself: nobody else reads it, and nobody else can have put something there. */
public final class StateDirectory {
    private static final String TOKEN = "gateway.token";
    private static final int TOKEN_BYTES = 24;
    private static final int MAX_TOKEN_FILE = 4096;

    private final Path path;

    private StateDirectory(Path path) {
        this.path = path;
    }

    /** Creates it with mode 700 if it is not there; refuses one that is somebody else's, or into which others may put something. */
    public static StateDirectory open(Path path) throws StateDirectoryException {
        Path directory = path.toAbsolutePath().normalize();
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory, OwnerOnly.folder(directory));
            }
            if (!Files.isDirectory(directory)) {
                throw new StateDirectoryException(
                        directory, "the state directory is not a directory", "Name another one with --state-dir.");
            }
            checkOwner(directory);
            checkWriters(directory);
        } catch (IOException e) {
            throw new StateDirectoryException(
                    directory,
                    "the state directory cannot be created or written ("
                            + e.getClass().getSimpleName() + ")",
                    "Check its permissions, or name another one with --state-dir.");
        }
        return new StateDirectory(directory);
    }

    public Path path() {
        return path;
    }

    /** Where {@link #tokenOrCreate()} keeps the token; tell operators this, never the token. */
    public Path tokenFile() {
        return tokenFile(path);
    }

    /** The same of a state directory that was not opened. */
    public static Path tokenFile(Path stateDirectory) {
        return stateDirectory.resolve(TOKEN);
    }

    /** The token of a gateway that has none configured: the same on every start, made on the first. */
    public Secret tokenOrCreate() throws StateDirectoryException {
        Path file = tokenFile();
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                create(file);
            }
            return read(file);
        } catch (IOException e) {
            throw new StateDirectoryException(
                    file,
                    "the token cannot be read or created (" + e.getClass().getSimpleName() + ")",
                    "Check the permissions, or set gateway.auth.token.");
        }
    }

    /** Complete or not at all; of two gateways that start together the first wins. */
    private void create(Path file) throws IOException {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        Path written = Files.createTempFile(path, TOKEN, ".tmp", OwnerOnly.file(path));
        try {
            Files.writeString(written, HexFormat.of().formatHex(random) + "\n");
            try {
                Files.createLink(file, written);
            } catch (FileAlreadyExistsException e) {
                return;
            } catch (UnsupportedOperationException e) {
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static Secret read(Path file) throws IOException, StateDirectoryException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StateDirectoryException(file, "it is a link or no ordinary file", "Delete it to have one made.");
        }
        if (OwnerOnly.possible(file) && SecretFiles.openToOthers(file)) {
            throw new StateDirectoryException(
                    file,
                    "others can read or write the token",
                    "Delete it to have a new one made, or run: chmod 600 " + ShellWord.of(file));
        }
        try {
            FileTrust.ofProcess().checked(file);
        } catch (UntrustedFileException e) {
            throw new StateDirectoryException(file, e.what(), "Delete it to have a new one made.");
        }
        String text = Files.size(file) > MAX_TOKEN_FILE
                ? ""
                : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || text.lines().count() > 1) {
            throw new StateDirectoryException(file, "there is no token in it", "Delete it to have one made.");
        }
        return new Secret(text);
    }

    private static void checkWriters(Path directory) throws IOException, StateDirectoryException {
        try {
            FileTrust.ofProcess().checked(directory);
        } catch (UntrustedFileException e) {
            boolean itself = e.getFile().equals(directory.toRealPath().toString());
            throw new StateDirectoryException(
                    directory,
                    "others may write to the state directory. " + e.what(),
                    itself && e.advice().contains("chmod")
                            ? "Run: chmod 700 " + ShellWord.of(directory)
                            : e.advice() + " Or name another one with --state-dir.");
        }
    }

    /** A file made now has our owner, whatever the user is called; a container's user may have no name. */
    private static void checkOwner(Path directory) throws IOException, StateDirectoryException {
        Path mine = Files.createTempFile(directory, ".owner", ".tmp", OwnerOnly.file(directory));
        try {
            var owner = Files.getOwner(directory);
            if (OwnerOnly.possible(directory) && !owner.equals(Files.getOwner(mine))) {
                throw new StateDirectoryException(
                        directory,
                        "the state directory belongs to " + owner.getName()
                                + ", who is not the user running the gateway",
                        "Run the gateway as that user, change the owner, or name another one with --state-dir.");
            }
        } finally {
            Files.deleteIfExists(mine);
        }
    }
}
