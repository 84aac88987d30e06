package dev.portcullis.gateway.runtime.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Short digests of credentials, salted anew in each process: enough to recognize one, of no use to whoever reads the memory. */
final class Fingerprints {
    private final byte[] salt = new byte[32];

    Fingerprints() {
        new SecureRandom().nextBytes(salt);
    }

    /** Never 0, which stands for none. */
    long of(String credential) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return ByteBuffer.wrap(digest.digest(credential.getBytes(StandardCharsets.UTF_8)))
                            .getLong()
                    | 1;
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
