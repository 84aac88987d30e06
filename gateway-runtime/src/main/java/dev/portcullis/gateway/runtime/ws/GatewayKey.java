package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.config.FileTrust;
import dev.portcullis.gateway.runtime.config.OwnerOnly;
import dev.portcullis.gateway.runtime.config.UntrustedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By which clients know a gateway again, whatever its address: an Ed25519 key, made when the first one asks. */
public final class GatewayKey {
    private static final String FILE = "gateway-identity";
    private static final String ALGORITHM = "Ed25519";

    /** What every public key of this kind starts with in X.509; the 32 bytes after it may be any. */
    private static final byte[] START = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LENGTH = START.length + 32;

    private final Path stateDirectory;
    private @Nullable Identity identity;

    private GatewayKey(Path stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    private record Identity(String deviceId, String publicKey) {
        static Identity of(byte[] raw) throws GeneralSecurityException {
            return new Identity(
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(raw)),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(raw));
        }
    }

    /**
     * The key of a state directory, which is its owner's alone.
     *
     * @throws IOException if it cannot be read, or if there is none and none can be made; the message says which file and what
     *     to do
     */
    public static GatewayKey of(Path stateDirectory) throws IOException {
        GatewayKey key = new GatewayKey(stateDirectory);
        Path file = stateDirectory.resolve(FILE);
        key.explained(() -> {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                key.identity = read(file);
            } else {
                stateDirectory.getFileSystem().provider().checkAccess(stateDirectory, AccessMode.WRITE);
            }
        });
        return key;
    }

    private interface Attempt {
        void run() throws IOException, GeneralSecurityException;
    }

    private void explained(Attempt attempt) throws IOException {
        Path file = stateDirectory.resolve(FILE);
        try {
            attempt.run();
        } catch (GeneralSecurityException broken) {
            throw new IOException(
                    "The gateway's identity " + file + " holds no Ed25519 key. Delete it to have a new one made;"
                            + " clients that know this gateway by its key will ask again.",
                    broken);
        } catch (UntrustedFileException refused) {
            throw new IOException("The gateway's identity is not to be trusted. " + refused.getMessage(), refused);
        } catch (IOException unusable) {
            throw new IOException(
                    "The gateway's identity " + file + " cannot be read or made ("
                            + unusable.getClass().getSimpleName()
                            + "). Let the user that runs the gateway read it, and write to its folder.",
                    unusable);
        }
    }

    private static Identity read(Path file) throws IOException, GeneralSecurityException {
        List<String> lines = Files.readAllLines(FileTrust.ofProcess().checked(file));
        byte[] encoded;
        try {
            encoded = Base64.getDecoder().decode(lines.get(1));
        } catch (IllegalArgumentException | IndexOutOfBoundsException other) {
            throw new InvalidKeyException("no key", other);
        }
        if (encoded.length != LENGTH || !Arrays.equals(encoded, 0, START.length, START, 0, START.length)) {
            throw new InvalidKeyException("another key");
        }
        return Identity.of(Arrays.copyOfRange(encoded, START.length, LENGTH));
    }

    private synchronized Identity identity() {
        Identity known = identity;
        if (known != null) {
            return known;
        }
        try {
            explained(() -> {
                Path file = stateDirectory.resolve(FILE);
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    create(stateDirectory, file);
                }
                identity = read(file);
            });
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
        return identity();
    }

    /** Complete or not at all. */
    private static void create(Path directory, Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        Base64.Encoder encoder = Base64.getEncoder();
        Path written = Files.createTempFile(directory, FILE, ".tmp", OwnerOnly.file(directory));
        try {
            Files.write(
                    written,
                    List.of(
                            encoder.encodeToString(pair.getPrivate().getEncoded()),
                            encoder.encodeToString(pair.getPublic().getEncoded())));
            Files.move(written, file);
        } catch (FileAlreadyExistsException other) {
            // another one was faster; its key is as good
        } finally {
            Files.deleteIfExists(written);
        }
    }

    String deviceId() {
        return identity().deviceId();
    }

    String publicKey() {
        return identity().publicKey();
    }
}
