package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.config.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** By which clients know a gateway again, whatever its address: an Ed25519 key, made at the first start. */
public final class GatewayKey {
    private static final String FILE = "gateway-identity";
    private static final String ALGORITHM = "Ed25519";
    private static final int RAW = 32;

    private final String deviceId;
    private final String publicKey;

    private GatewayKey(byte[] raw) throws GeneralSecurityException {
        this.deviceId =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw));
        this.publicKey = Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    /**
     * The key of a state directory, which is its owner's alone.
     *
     * @throws IOException if it cannot be read or made; the message says which file and what to do
     */
    public static GatewayKey openOrCreate(Path stateDirectory) throws IOException {
        Path file = stateDirectory.resolve(FILE);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                create(stateDirectory, file);
            }
            List<String> lines = Files.readAllLines(file);
            byte[] encoded = Base64.getDecoder().decode(lines.get(1));
            KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
            return new GatewayKey(Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw new IOException(
                    "The gateway's identity " + file + " holds no Ed25519 key. Delete it to have a new one made;"
                            + " clients that know this gateway by its key will ask again.",
                    broken);
        } catch (IOException unusable) {
            throw new IOException(
                    "The gateway's identity " + file + " cannot be read or made ("
                            + unusable.getClass().getSimpleName()
                            + "). Let the user that runs the gateway read it, and write to its folder.",
                    unusable);
        }
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
            // another start was faster; its key is as good
        } finally {
            Files.deleteIfExists(written);
        }
    }

    String deviceId() {
        return deviceId;
    }

    String publicKey() {
        return publicKey;
    }
}
