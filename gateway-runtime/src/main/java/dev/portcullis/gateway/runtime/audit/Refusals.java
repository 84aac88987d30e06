package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.config.Addresses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Refused requests of a minute by client and reason: the first few stand for themselves, further ones are counted. What it keeps does
 * not grow with their number. One thread at a time.
 */
final class Refusals {
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Of one client for one reason. */
    static final int SINGLY = 5;

    /** Of all clients. */
    static final int ALL_SINGLY = 500;

    /** Clients and reasons that are told apart. */
    static final int COUNTED = 1_000;

    /** All clients beyond those. */
    static final String OTHERS = "others";

    private static final int IPV6_NETWORK = 64;

    private record Key(String client, String reason) {}

    private static final class Counted {
        private int singly;
        private long count;
        private Instant since = Instant.MAX;
        private @Nullable AuditRecord last;
    }

    private final LongSupplier nanoTime;
    private final Map<Key, Counted> counts = new LinkedHashMap<>();
    private int singly;
    private long began;

    Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a refusal is recorded by itself; if not, it is counted. */
    boolean single(AuditRecord refused) {
        if (counts.isEmpty()) {
            began = nanoTime.getAsLong();
        }
        Counted counted = counted(new Key(network(refused.client()), reason(refused)));
        if (counted.singly < SINGLY && singly < ALL_SINGLY) {
            counted.singly++;
            singly++;
            return true;
        }
        counted.count++;
        if (counted.last == null) {
            counted.since = refused.time();
        }
        counted.last = refused;
        return false;
    }

    private Counted counted(Key key) {
        Counted known = counts.get(key);
        if (known != null) {
            return known;
        }
        Key counted = counts.size() < COUNTED ? key : new Key(OTHERS, key.reason());
        return counts.computeIfAbsent(counted, first -> new Counted());
    }

    /** One who has an IPv6 address has a network of them. */
    static String network(String client) {
        return client.indexOf(':') < 0
                ? client
                : Addresses.parse(client)
                        .filter(address -> address.isIPv6())
                        .map(address -> Addresses.canonical(address.toPrefixBlock(IPV6_NETWORK)))
                        .orElse(OTHERS);
    }

    static String reason(AuditRecord refused) {
        String failure = refused.caller().failure();
        return failure == null ? refused.outcome() : failure;
    }

    /** Whether the minute is over. */
    boolean isOver() {
        return !counts.isEmpty() && nanoTime.getAsLong() - began >= WINDOW.toNanos();
    }

    /** What was counted; the next refusal begins another minute. */
    List<RefusedRequests> take() {
        List<RefusedRequests> taken = new ArrayList<>();
        counts.forEach((key, counted) -> Optional.ofNullable(counted.last)
                .ifPresent(last -> taken.add(new RefusedRequests(last, key.client(), counted.since, counted.count))));
        counts.clear();
        singly = 0;
        return taken;
    }
}
