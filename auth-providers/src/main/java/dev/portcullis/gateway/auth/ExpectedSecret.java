package dev.portcullis.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A secret that callers must know. Keeps its digest alone; comparing takes the same time whatever was presented. */
final class ExpectedSecret {
    /** What a comparison needs; the result of the last one, which is no secret any more, is overwritten by the next. */
    private static final class Work {
        private final MessageDigest sha;
        private final byte[] result;

        Work() {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException everyJdkHasIt) {
                throw new IllegalStateException(everyJdkHasIt);
            }
            result = new byte[sha.getDigestLength()];
        }

        /** Its digest, for as long as nobody else has this. */
        byte[] digest(String text) {
            sha.update(text.getBytes(StandardCharsets.UTF_8));
            try {
                // this also resets it
                sha.digest(result, 0, result.length);
                return result;
            } catch (DigestException tooShort) {
                throw new IllegalStateException(tooShort);
            }
        }
    }

    private final byte[] digest;

    /** Setting one up costs more than using it: kept for whoever comes next, by one thread at a time. */
    private final AtomicReference<@Nullable Work> spare = new AtomicReference<>();

    ExpectedSecret(String secret) {
        this.digest = new Work().digest(secret);
    }

    boolean matches(String presented) {
        Work kept = spare.getAndSet(null);
        Work work = kept == null ? new Work() : kept;
        boolean same = MessageDigest.isEqual(digest, work.digest(presented));
        spare.set(work);
        return same;
    }
}
