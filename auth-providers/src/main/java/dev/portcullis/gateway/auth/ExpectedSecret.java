package dev.portcullis.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A secret that callers must know. Keeps its digest alone; comparing takes the same time whatever was presented. */
final class ExpectedSecret {
    private final byte[] digest;

    /** Setting one up costs more than using it: kept for whoever comes next, by one thread at a time. */
    private final AtomicReference<@Nullable MessageDigest> spare = new AtomicReference<>();

    ExpectedSecret(String secret) {
        this.digest = digest(secret);
    }

    boolean matches(String presented) {
        return MessageDigest.isEqual(digest, digest(presented));
    }

    private byte[] digest(String text) {
        MessageDigest kept = spare.getAndSet(null);
        MessageDigest sha = kept == null ? sha256() : kept;
        // this also resets it
        byte[] result = sha.digest(text.getBytes(StandardCharsets.UTF_8));
        spare.set(sha);
        return result;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
