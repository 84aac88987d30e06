package dev.portcullis.gateway.runtime.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder that jars are loaded from, one file a content, named by digest. A jar in the plugin folder may be overwritten or
 * deleted at any time; what was loaded stays what it was.
 */
final class PrivateCopies {
    private static final int BUFFER = 8 * 1024;
    private static final System.Logger LOG = System.getLogger(PrivateCopies.class.getName());

    private final Path folder;

    /** How many plugins use a copy, by digest. */
    private final Map<String, Integer> uses = new HashMap<>();

    private PrivateCopies(Path folder) {
        this.folder = folder;
    }

    interface Opening {
        InputStream open() throws IOException;
    }

    record Copy(Path original, Path file, String sha256) {}

    /** Makes the folder, readable by the gateway's user alone, and removes what an earlier run left. */
    static PrivateCopies in(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (posix(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        try (Stream<Path> leftovers = Files.list(folder)) {
            for (Path leftover : leftovers.filter(Files::isRegularFile).toList()) {
                Files.delete(leftover);
            }
        }
        return new PrivateCopies(folder);
    }

    Path folder() {
        return folder;
    }

    /**
     * Copies a jar before anything opens it; who asks lets go of the copy later.
     *
     * @param opening opens what was checked
     */
    Copy copy(Path jar, Opening opening, long limit) throws IOException {
        requireFile(jar);
        MessageDigest digest = sha256();
        Path writing = Files.createTempFile(folder, "incoming-", ".tmp");
        try {
            try (InputStream in = opening.open();
                    OutputStream out = new DigestOutputStream(Files.newOutputStream(writing), digest)) {
                bounded(in, out, jar, limit);
            }
            String name = HexFormat.of().formatHex(digest.digest());
            return new Copy(jar, keep(writing, name), name);
        } finally {
            Files.deleteIfExists(writing);
        }
    }

    /** The same content is there once, and never written again while a loader may have it open. */
    private synchronized Path keep(Path written, String name) throws IOException {
        Path copy = folder.resolve(name + ".jar");
        if (!uses.containsKey(name)) {
            Files.move(written, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        uses.merge(name, 1, Integer::sum);
        return copy;
    }

    /** Deletes the copy, if nobody else uses it. */
    synchronized void release(Copy copy) {
        Integer left = uses.computeIfPresent(copy.sha256(), (name, count) -> count > 1 ? count - 1 : null);
        if (left == null) {
            try {
                Files.deleteIfExists(copy.file());
                Files.deleteIfExists(ExitGuard.guarded(copy.file()));
            } catch (IOException busy) {
                // some systems keep what is open; the next start deletes it
                LOG.log(System.Logger.Level.DEBUG, "The copy " + copy.file() + " stays for now", busy);
            }
        }
    }

    /** What {@link #copy} would say of a jar, without copying it. */
    static String digest(Path jar) throws IOException {
        requireFile(jar);
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(jar)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A pipe would be waited for, and a device read without end. */
    private static void requireFile(Path jar) throws IOException {
        if (Files.exists(jar) && !Files.isRegularFile(jar)) {
            throw new FileSystemException(jar.toString(), null, "neither a file nor a folder");
        }
    }

    private static void bounded(InputStream in, OutputStream out, Path jar, long limit) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
            if (total > limit) {
                throw new FileSystemException(jar.toString(), null, "larger than " + limit + " bytes");
            }
            out.write(buffer, 0, n);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
