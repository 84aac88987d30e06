package dev.portcullis.gateway.runtime.config;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Ed25519 public keys as text: PEM, its base64 alone, or the 32 bytes of the key in base64. For the commands that write them. */
public final class PublicKeys {
    /** What stands before the 32 bytes in the standard form. */
    private static final byte[] HEADER = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int RAW = 32;

    private PublicKeys() {}

    /** Empty if the text is no such key. */
    public static Optional<PublicKey> parse(String text) {
        String base64 = text.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "").replaceAll("\\s", "");
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == RAW) {
                byte[] encoded = java.util.Arrays.copyOf(HEADER, HEADER.length + RAW);
                System.arraycopy(bytes, 0, encoded, HEADER.length, RAW);
                bytes = encoded;
            }
            return Optional.of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** As one line that {@code plugins.trustedKeys} takes. */
    public static String line(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }
}
