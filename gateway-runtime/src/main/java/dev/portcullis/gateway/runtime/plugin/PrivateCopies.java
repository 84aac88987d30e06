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
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * The folder that jars are loaded from, one file a content, named by digest. A jar in the plugin folder may be overwritten or
 * deleted at any time; what was loaded stays what it was.
 */
final class PrivateCopies {
    private final Path folder;

    private PrivateCopies(Path folder) {
        this.folder = folder;
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

    /** Copies a jar before anything opens it. */
    Copy copy(Path jar, long limit) throws IOException {
        MessageDigest digest = sha256();
        Path writing = Files.createTempFile(folder, "incoming-", ".tmp");
        try {
            try (InputStream in = Files.newInputStream(jar);
                    OutputStream out = new DigestOutputStream(Files.newOutputStream(writing), digest)) {
                bounded(in, out, jar, limit);
            }
            String name = HexFormat.of().formatHex(digest.digest());
            Path copy = folder.resolve(name + ".jar");
            Files.move(writing, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Copy(jar, copy, name);
        } finally {
            Files.deleteIfExists(writing);
        }
    }

    private static void bounded(InputStream in, OutputStream out, Path jar, long limit) throws IOException {
        byte[] buffer = new byte[64 * 1024];
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
