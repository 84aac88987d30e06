package dev.portcullis.gateway.runtime.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.gateway.runtime.config.AuthConfig.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong credentials by client and locks a client out for a while. Kept in memory; it outlives configurations, so that a
 * reload neither frees nor locks anybody.
 *
 * <p>An exempt loopback client is never locked out. Its wrong answers wait, one after the other and each longer than the one
 * before; guesses beyond those that wait are not judged. Right answers do not wait.
 *
 * <p>The table is bounded. When it is full, the client that failed longest ago is forgotten, and the oldest lock if all are
 * locked: those who are not in it never pay for those who are.
 */
public final class AuthRateLimiter {
    static final int MAX_ENTRIES = 10_000;

    /** How many clients' worth of failures lock a whole group of clients. */
    static final int GROUP = 16;

    /** Answers that wait for one client at the same time. */
    static final int WAITERS = 16;

    /** Wrong answers of an exempt client wait in a queue; while it is longer than this, nothing more is judged. */
    static final Duration LONGEST_QUEUE = Duration.ofSeconds(10);

    private static final Duration PRUNE_EVERY = Duration.ofSeconds(60);
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final int FAILURES_FOR_LONGEST_DELAY = 6;
    private static final int REPEATS = 16;
    private static final int CACHED_KEYS = 4_096;

    /** How a waiter waits. */
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    private static final class Entry {
        private final Deque<Instant> failures = new ArrayDeque<>(2);
        private final long[] wrong = new long[REPEATS];
        private int wrongs;
        private int parts;
        private Instant lastPart = Instant.MIN;
        private int waiting;
        private Instant forgivenAt = Instant.MIN;
        private volatile Instant lockedUntil = Instant.MIN;
        private volatile Instant queueUntil = Instant.MIN;

        boolean locked(Instant now) {
            return lockedUntil.isAfter(now);
        }

        boolean repeats(long fingerprint) {
            for (long known : wrong) {
                if (known == fingerprint) {
                    return true;
                }
            }
            return false;
        }

        void remember(long fingerprint) {
            wrong[wrongs++ % REPEATS] = fingerprint;
        }
    }

    private final InstantSource clock;
    private final Pause pause;
    private final Fingerprints fingerprints = new Fingerprints();
    private final RecentCallers known = new RecentCallers(fingerprints);
    private final Cache<String, ClientKey> keys =
            Caffeine.newBuilder().maximumSize(CACHED_KEYS).build();
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final ReentrantLock changes = new ReentrantLock();

    /** The entries once more, in the order in which they may go: who failed longest ago first, the oldest lock first. */
    private final Map<String, Entry> counting = new LinkedHashMap<>();

    private final Map<String, Entry> locked = new LinkedHashMap<>();
    private final LongAdder lockouts = new LongAdder();
    private volatile RateLimit policy;
    private Instant lastPruned;

    /** Measures time by a clock that nobody can set. */
    public AuthRateLimiter(RateLimit policy) {
        this(policy, () -> Instant.ofEpochSecond(0, System.nanoTime()));
    }

    AuthRateLimiter(RateLimit policy, InstantSource clock) {
        this(policy, clock, Thread::sleep);
    }

    AuthRateLimiter(RateLimit policy, InstantSource clock, Pause pause) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.clock = clock;
        this.pause = pause;
        this.lastPruned = clock.instant();
    }

    /** Other limits from now on; what was counted stays counted. */
    public void replacePolicy(RateLimit next) {
        this.policy = Objects.requireNonNull(next, "next");
    }

    /**
     * How long nothing this client shows is judged; empty if it is.
     *
     * @param credential what it shows; empty for none. One that was admitted from there lately does not pay for the failures of
     *     others: it passes the lock of a group, and the queue of loopback
     */
    Optional<Duration> lockout(String client, String credential) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        ClientKey key = key(client);
        Instant now = clock.instant();
        Optional<Duration> own = exempt(key) ? Optional.empty() : left(entries.get(key.text()), now);
        if (own.isPresent()) {
            return own;
        }
        Optional<Duration> ofOthers = exempt(key) ? queue(key, now) : ofGroup(key, now);
        return ofOthers.isPresent() && known.knows(client, credential, now) ? Optional.empty() : ofOthers;
    }

    private Optional<Duration> ofGroup(ClientKey key, Instant now) {
        return key.group() == null ? Optional.empty() : left(entries.get(key.group()), now);
    }

    private static Optional<Duration> left(@Nullable Entry entry, Instant now) {
        return entry != null && entry.locked(now)
                ? Optional.of(Duration.between(now, entry.lockedUntil))
                : Optional.empty();
    }

    private Optional<Duration> queue(ClientKey key, Instant now) {
        Entry entry = entries.get(key.text());
        return entry == null ? Optional.empty() : beyond(entry, now);
    }

    private static Optional<Duration> beyond(Entry entry, Instant now) {
        Instant next = entry.queueUntil.equals(Instant.MIN) ? Instant.MIN : entry.queueUntil.minus(LONGEST_QUEUE);
        return next.isAfter(now) ? Optional.of(Duration.between(now, next)) : Optional.empty();
    }

    /** A caller was admitted. */
    void admitted(String client, String credential) {
        known.admitted(client, credential, clock.instant());
    }

    /**
     * Forgets the failures of a client that showed the right secret; once in a window, or somebody who shares its address could
     * guess for as long as it calls.
     */
    void succeeded(String client) {
        if (entries.isEmpty()) {
            return;
        }
        Entry entry = entries.get(key(client).text());
        if (entry == null) {
            return;
        }
        changes.lock();
        try {
            Instant now = clock.instant();
            if (!entry.locked(now) && !entry.forgivenAt.isAfter(now.minus(policy.window()))) {
                entry.forgivenAt = now;
                entry.failures.clear();
            }
        } finally {
            changes.unlock();
        }
    }

    /**
     * Counts a wrong credential; for an exempt loopback client, returns only after its delay, if it may wait.
     *
     * @param credential empty if it is not known what was wrong
     * @param waits false where nobody may wait
     * @return how long the client is locked out, if others of its guesses did that meanwhile: whether this one was right must
     *     not be told
     */
    Optional<Duration> failed(String client, String credential, boolean waits) {
        ClientKey key = key(client);
        long fingerprint = credential.isEmpty() ? 0 : fingerprints.of(credential);
        known.forget(client, credential);
        return exempt(key) ? delayed(key, fingerprint, waits) : count(key, fingerprint);
    }

    /** Whether just this was wrong from there a short while ago. */
    boolean repeats(String client, String credential) {
        if (entries.isEmpty() || credential.isEmpty()) {
            return false;
        }
        Entry entry = entries.get(key(client).text());
        if (entry == null) {
            return false;
        }
        long fingerprint = fingerprints.of(credential);
        changes.lock();
        try {
            return entry.repeats(fingerprint);
        } finally {
            changes.unlock();
        }
    }

    /** How often somebody was locked out since the start. */
    public long lockouts() {
        return lockouts.sum();
    }

    /** How many clients are locked out now. */
    public int lockedOut() {
        Instant now = clock.instant();
        changes.lock();
        try {
            return (int)
                    locked.values().stream().filter(entry -> entry.locked(now)).count();
        } finally {
            changes.unlock();
        }
    }

    private ClientKey key(String client) {
        return keys.get(client, ClientKey::of);
    }

    private boolean exempt(ClientKey key) {
        return key.loopback() && policy.exemptLoopback();
    }

    private Optional<Duration> count(ClientKey key, long fingerprint) {
        changes.lock();
        try {
            Instant now = clock.instant();
            Optional<Duration> own = left(entries.get(key.text()), now);
            Optional<Duration> overtaken = own.isPresent() ? own : ofGroup(key, now);
            if (overtaken.isPresent()) {
                return overtaken;
            }
            Entry entry = entry(key.text(), now);
            entry.remember(fingerprint);
            count(key.text(), entry, now);
            if (key.group() != null) {
                countPart(key.group(), entry(key.group(), now), now);
            }
            return Optional.empty();
        } finally {
            changes.unlock();
        }
    }

    private void countPart(String name, Entry group, Instant now) {
        if (!group.lastPart.isAfter(now.minus(policy.window()))) {
            group.parts = 0;
        }
        group.lastPart = now;
        group.parts++;
        if (group.parts >= GROUP) {
            group.parts = 0;
            count(name, group, now);
        } else if (counting.remove(name) != null) {
            counting.put(name, group);
        }
    }

    private void count(String name, Entry entry, Instant now) {
        if (record(name, entry, now) >= policy.maxAttempts()) {
            entry.lockedUntil = now.plus(policy.lockout());
            counting.remove(name);
            locked.put(name, entry);
            lockouts.increment();
        }
    }

    private Optional<Duration> delayed(ClientKey key, long fingerprint, boolean waits) {
        Entry entry;
        Instant until;
        changes.lock();
        try {
            Instant now = clock.instant();
            entry = entry(key.text(), now);
            boolean repeats = fingerprint != 0 && entry.repeats(fingerprint);
            Optional<Duration> overtaken = repeats ? Optional.empty() : beyond(entry, now);
            if (overtaken.isPresent()) {
                return overtaken;
            }
            if (waits && entry.waiting >= WAITERS) {
                return Optional.of(LONGEST_DELAY);
            }
            Duration delay = delay(record(key.text(), entry, now));
            if (repeats) {
                // known to be wrong: it tells nothing new, and takes nobody's turn
                until = now.plus(delay);
            } else {
                entry.remember(fingerprint);
                until = (entry.queueUntil.isAfter(now) ? entry.queueUntil : now).plus(delay);
                entry.queueUntil = until;
            }
            if (!waits) {
                return Optional.empty();
            }
            entry.waiting++;
        } finally {
            changes.unlock();
        }
        try {
            await(until);
        } finally {
            changes.lock();
            try {
                entry.waiting--;
            } finally {
                changes.unlock();
            }
        }
        return Optional.empty();
    }

    private static Duration delay(int failures) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << (Math.min(failures, FAILURES_FOR_LONGEST_DELAY) - 1));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }

    private void await(Instant until) {
        try {
            for (Instant now = clock.instant(); until.isAfter(now); now = clock.instant()) {
                pause.sleep(Duration.between(now, until));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** The failures within the window, this one included. */
    private int record(String name, Entry entry, Instant now) {
        if (!entry.lockedUntil.equals(Instant.MIN)) {
            entry.lockedUntil = Instant.MIN;
            entry.failures.clear();
            locked.remove(name);
        }
        // to the end: who failed last goes last
        counting.remove(name);
        counting.put(name, entry);
        dropOld(entry, now);
        entry.failures.addLast(now);
        if (entry.failures.size() > Math.max(policy.maxAttempts(), FAILURES_FOR_LONGEST_DELAY)) {
            entry.failures.removeFirst();
        }
        return entry.failures.size();
    }

    private void dropOld(Entry entry, Instant now) {
        Instant start = now.minus(policy.window());
        while (!entry.failures.isEmpty() && !entry.failures.getFirst().isAfter(start)) {
            entry.failures.removeFirst();
        }
    }

    private Entry entry(String name, Instant now) {
        if (!now.isBefore(lastPruned.plus(PRUNE_EVERY))) {
            prune(now);
        }
        Entry present = entries.get(name);
        if (present != null) {
            return present;
        }
        if (entries.size() >= MAX_ENTRIES) {
            evict();
        }
        Entry entry = new Entry();
        entries.put(name, entry);
        counting.put(name, entry);
        return entry;
    }

    private void prune(Instant now) {
        lastPruned = now;
        Instant start = now.minus(policy.window());
        counting.entrySet().removeIf(candidate -> {
            Entry entry = candidate.getValue();
            dropOld(entry, now);
            boolean idle = entry.failures.isEmpty()
                    && !entry.lastPart.isAfter(start)
                    && entry.waiting == 0
                    && !entry.queueUntil.isAfter(now)
                    && !entry.forgivenAt.isAfter(start);
            return idle && entries.remove(candidate.getKey(), entry);
        });
        locked.entrySet()
                .removeIf(candidate ->
                        !candidate.getValue().locked(now) && entries.remove(candidate.getKey(), candidate.getValue()));
    }

    private void evict() {
        Iterator<String> going =
                (counting.isEmpty() ? locked : counting).keySet().iterator();
        String name = going.next();
        going.remove();
        entries.remove(name);
    }

    int size() {
        return entries.size();
    }
}
