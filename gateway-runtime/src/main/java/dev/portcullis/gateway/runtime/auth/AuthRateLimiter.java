package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.runtime.config.Addresses;
import dev.portcullis.gateway.runtime.config.AuthConfig.RateLimit;
import inet.ipaddr.IPAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong credentials by client address and locks an address out for a while. Kept in memory; it outlives
 * configurations, so that a reload neither frees nor locks anybody.
 *
 * <p>An exempt loopback client is never locked out, but each of its failures waits longer than the one before.
 */
public final class AuthRateLimiter {
    static final int MAX_ENTRIES = 10_000;
    private static final Duration PRUNE_EVERY = Duration.ofSeconds(60);
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final int FAILURES_FOR_LONGEST_DELAY = 6;

    /** How a waiter waits. */
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    private static final class Entry {
        private final Deque<Instant> failures = new ArrayDeque<>();
        private volatile Instant lockedUntil = Instant.MIN;
        private volatile Instant delayedUntil = Instant.MIN;

        boolean locked(Instant now) {
            return lockedUntil.isAfter(now);
        }
    }

    private final InstantSource clock;
    private final Pause pause;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final ReentrantLock changes = new ReentrantLock();
    private final LongAdder lockouts = new LongAdder();
    private volatile RateLimit policy;
    private volatile Instant overflowUntil = Instant.MIN;
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

    /** How long the client is locked out; empty if it is not. */
    Optional<Duration> lockout(String client) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Key key = Key.of(client);
        if (exempt(key)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Entry entry = entries.get(key.text());
        Instant until = entry == null ? overflowUntil : entry.lockedUntil;
        return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
    }

    /** Forgets the failures of a client that showed the right secret. */
    void succeeded(String client) {
        if (!entries.isEmpty()) {
            entries.remove(Key.of(client).text());
        }
    }

    /** Counts a wrong credential; for an exempt loopback client, returns only after its delay. */
    void failed(String client) {
        Key key = Key.of(client);
        if (exempt(key)) {
            await(delayed(key));
        } else {
            count(key);
        }
    }

    /** How often somebody was locked out since the start. */
    public long lockouts() {
        return lockouts.sum();
    }

    /** How many clients are locked out now. */
    public int lockedOut() {
        Instant now = clock.instant();
        return (int)
                entries.values().stream().filter(entry -> entry.locked(now)).count();
    }

    private boolean exempt(Key key) {
        return key.loopback() && policy.exemptLoopback();
    }

    private void count(Key key) {
        changes.lock();
        try {
            Instant now = clock.instant();
            Entry entry = entry(key.text(), now);
            if (entry == null) {
                overflowUntil = now.plus(policy.lockout());
                lockouts.increment();
                return;
            }
            if (entry.locked(now)) {
                return;
            }
            if (record(entry, now) >= policy.maxAttempts()) {
                entry.lockedUntil = now.plus(policy.lockout());
                lockouts.increment();
            }
        } finally {
            changes.unlock();
        }
    }

    private Entry delayed(Key key) {
        changes.lock();
        try {
            Instant now = clock.instant();
            Entry found = entry(key.text(), now);
            Entry entry = found == null ? new Entry() : found;
            int failures = Math.min(record(entry, now), FAILURES_FOR_LONGEST_DELAY);
            Duration delay = FIRST_DELAY.multipliedBy(1L << (failures - 1));
            Instant until = now.plus(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
            if (until.isAfter(entry.delayedUntil)) {
                entry.delayedUntil = until;
            }
            return entry;
        } finally {
            changes.unlock();
        }
    }

    /** All waiters of an entry share its deadline, so that parallel guesses gain nothing. */
    private void await(Entry entry) {
        try {
            Instant now = clock.instant();
            while (entry.delayedUntil.isAfter(now)) {
                pause.sleep(Duration.between(now, entry.delayedUntil));
                now = clock.instant();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** The failures within the window, this one included. */
    private int record(Entry entry, Instant now) {
        if (!entry.lockedUntil.equals(Instant.MIN)) {
            entry.lockedUntil = Instant.MIN;
            entry.failures.clear();
        }
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

    private @Nullable Entry entry(String key, Instant now) {
        if (!now.isBefore(lastPruned.plus(PRUNE_EVERY))) {
            prune(now);
        }
        Entry known = entries.get(key);
        if (known != null) {
            return known;
        }
        if (entries.size() >= MAX_ENTRIES) {
            prune(now);
        }
        if (entries.size() >= MAX_ENTRIES && !evictUnlocked(now)) {
            return null;
        }
        Entry entry = new Entry();
        entries.put(key, entry);
        return entry;
    }

    private void prune(Instant now) {
        lastPruned = now;
        entries.values().removeIf(entry -> {
            dropOld(entry, now);
            return !entry.locked(now)
                    && !entry.delayedUntil.isAfter(now)
                    && (entry.failures.isEmpty() || !entry.lockedUntil.equals(Instant.MIN));
        });
    }

    private boolean evictUnlocked(Instant now) {
        for (Map.Entry<String, Entry> candidate : entries.entrySet()) {
            if (!candidate.getValue().locked(now)) {
                entries.remove(candidate.getKey());
                return true;
            }
        }
        return false;
    }

    int size() {
        return entries.size();
    }

    /** A client as it is counted: its canonical address, {@code unknown}, or a name that is no address on purpose. */
    private record Key(String text, boolean loopback) {
        static Key of(String client) {
            if (client.startsWith("browser-origin:") || client.startsWith("identity:")) {
                return new Key(client, false);
            }
            Optional<IPAddress> address = Addresses.parseHop(client);
            return address.map(found -> new Key(Addresses.canonical(found), found.isLoopback()))
                    .orElseGet(() -> new Key("unknown", false));
        }
    }
}
