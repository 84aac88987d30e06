package dev.portcullis.gateway.runtime.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Who was admitted lately, by address and credential. Being known admits nobody; it says that asking about this credential is
 * no guess.
 *
 * <p>Whether a credential is known can be tried as often as one likes, so only those are kept that are too long to be guessed.
 */
final class RecentCallers {
    /** Characters; what is shorter is never known. The security audit warns of shorter ones. */
    static final int SHORTEST = 24;

    static final int CLIENTS = 4_096;
    static final int CREDENTIALS = 8;
    static final Duration KEPT = Duration.ofHours(1);
    private static final Duration REFRESHED = Duration.ofMinutes(1);

    /** @param quick tells without a digest that nothing is to be done */
    private record Known(int quick, long fingerprint, Instant since) {}

    private final Fingerprints fingerprints;
    private final Cache<String, Known[]> clients =
            Caffeine.newBuilder().maximumSize(CLIENTS).build();

    RecentCallers(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    boolean knows(String client, String credential, Instant now) {
        if (credential.length() < SHORTEST) {
            return false;
        }
        Known[] all = clients.getIfPresent(client);
        if (all == null) {
            return false;
        }
        long fingerprint = fingerprints.of(credential);
        for (Known known : all) {
            if (known.fingerprint == fingerprint && now.isBefore(known.since.plus(KEPT))) {
                return true;
            }
        }
        return false;
    }

    /** Remembers a caller that was admitted; cheap if it was remembered a moment ago. */
    void admitted(String client, String credential, Instant now) {
        if (credential.length() < SHORTEST) {
            return;
        }
        Known[] before = clients.getIfPresent(client);
        int quick = credential.hashCode();
        if (before != null && fresh(before, quick, now)) {
            return;
        }
        Known added = new Known(quick, fingerprints.of(credential), now);
        clients.asMap().merge(client, new Known[] {added}, (known, one) -> with(known, added));
    }

    private static boolean fresh(Known[] all, int quick, Instant now) {
        for (Known known : all) {
            if (known.quick == quick && now.isBefore(known.since.plus(REFRESHED))) {
                return true;
            }
        }
        return false;
    }

    /** The newest first; the ones that did not come for longest go. */
    private static Known[] with(Known[] known, Known added) {
        Known[] others = Arrays.stream(known)
                .filter(one -> one.fingerprint != added.fingerprint)
                .limit(CREDENTIALS - 1L)
                .toArray(Known[]::new);
        Known[] all = new Known[others.length + 1];
        all[0] = added;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    /** One that turned out not to hold any more. */
    void forget(String client, String credential) {
        if (credential.length() >= SHORTEST && clients.getIfPresent(client) != null) {
            long fingerprint = fingerprints.of(credential);
            clients.asMap().computeIfPresent(client, (name, all) -> without(all, fingerprint));
        }
    }

    private static Known[] without(Known[] all, long fingerprint) {
        return Arrays.stream(all).filter(one -> one.fingerprint != fingerprint).toArray(Known[]::new);
    }
}
