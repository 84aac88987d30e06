package dev.portcullis.gateway.runtime.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The SHA-256 digest of a certificate: what people compare, and what clients pin.
 *
 * @param hex 64 digits, lower case
 */
public record Fingerprint(String hex) {
    private static final int DIGITS = 64;

    static Fingerprint of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new Fingerprint(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As people and tools write it: with or without colons, blanks and a {@code sha256:} before it. */
    public static Optional<Fingerprint> parse(String text) {
        String digits = text.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^sha-?256( fingerprint)?\\s*[:=]?", "")
                .replaceAll("[:\\s]", "");
        return digits.length() == DIGITS && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)
                ? Optional.of(new Fingerprint(digits))
                : Optional.empty();
    }

    /** As OpenSSL and browsers show it. */
    @Override
    public String toString() {
        return hex.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
    }
}
