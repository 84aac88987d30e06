package dev.portcullis.gateway.runtime.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections of a listener, and who has to go when there are too many. Those on which nobody was admitted yet go first,
 * of the client that has most of them the one that waits for longest; then idle ones of admitted callers. Where a request is being
 * answered, or a caller has a WebSocket, nothing is closed.
 */
final class Places {
    /** One connection. */
    interface Place {
        /** The client, as places are counted. */
        String client();

        /** Whether the client may have all places: a proxy, which stands for many. */
        boolean exempt();

        /** Whether a caller was admitted on it. */
        boolean admitted();

        /** Whether it may be closed: nothing is being answered. */
        boolean waits();

        /** Since when it waits, by {@link System#nanoTime()}. */
        long waitsSince();

        void close();

        /** True once: its client has one stranger less. */
        boolean forgotten();
    }

    private static final int BATCHES = 32;
    private static final Comparator<Waiting> LONGEST_FIRST = (one, other) -> Long.signum(one.since() - other.since());

    /** One that may be closed, and since when it waits: read once, because it may change while they are put in order. */
    private record Waiting(Place place, long since) {
        Waiting(Place place) {
            this(place, place.waitsSince());
        }

        String client() {
            return place.client();
        }
    }

    private final int few;
    private final int ofOneClient;
    private final Set<Place> staying = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, Integer> strangers = new ConcurrentHashMap<>();
    private final ReentrantLock choosing = new ReentrantLock();

    Places(ConnectionLimits limits) {
        this.few = limits.connections() - limits.spare();
        this.ofOneClient = limits.strangersOfOneClient();
    }

    /** Takes a place for a new connection, another one's if need be; false if its client has too many already. */
    boolean enter(Place place) {
        // counted first: once it is there another thread may close it, and what it counts for is taken off
        int ofClient = strangers.merge(place.client(), 1, Integer::sum);
        count.incrementAndGet();
        staying.add(place);
        if (ofClient > ofOneClient && !place.exempt() && !makeRoomOf(place)) {
            leave(place);
            return false;
        }
        if (count.get() > few) {
            makeRoom(place);
        }
        return true;
    }

    /** To be called once, when a caller is admitted for the first time. */
    void admitted(Place place) {
        forget(place);
    }

    void leave(Place place) {
        if (staying.remove(place)) {
            count.decrementAndGet();
            forget(place);
        }
    }

    private void forget(Place place) {
        if (place.forgotten()) {
            strangers.computeIfPresent(place.client(), (name, known) -> known > 1 ? known - 1 : null);
        }
    }

    private boolean makeRoomOf(Place newcomer) {
        choosing.lock();
        try {
            if (strangers.getOrDefault(newcomer.client(), 0) <= ofOneClient) {
                return true;
            }
            List<Waiting> going = staying.stream()
                    .filter(place -> !place.equals(newcomer) && !place.admitted() && place.waits())
                    .filter(place -> place.client().equals(newcomer.client()))
                    .map(Waiting::new)
                    .sorted(LONGEST_FIRST)
                    .limit(batch(ofOneClient))
                    .toList();
            going.forEach(one -> close(one.place()));
            return !going.isEmpty();
        } finally {
            choosing.unlock();
        }
    }

    private void makeRoom(Place newcomer) {
        choosing.lock();
        try {
            if (count.get() <= few) {
                return;
            }
            List<Waiting> waiting = new ArrayList<>();
            List<Waiting> callers = new ArrayList<>();
            Map<String, Integer> ofClient = new HashMap<>();
            for (Place place : staying) {
                if (!place.equals(newcomer) && place.waits()) {
                    if (place.admitted()) {
                        callers.add(new Waiting(place));
                    } else {
                        waiting.add(new Waiting(place));
                        ofClient.merge(place.client(), 1, Integer::sum);
                    }
                }
            }
            waiting.sort(Comparator.comparingInt((Waiting one) -> -ofClient.getOrDefault(one.client(), 0))
                    .thenComparing(LONGEST_FIRST));
            callers.sort(LONGEST_FIRST);
            waiting.addAll(callers);
            waiting.stream().limit(batch(few)).forEach(one -> close(one.place()));
        } finally {
            choosing.unlock();
        }
    }

    /** Some at once: looking for them costs more than one connection does. */
    private static int batch(int most) {
        return Math.max(1, most / BATCHES);
    }

    private void close(Place place) {
        leave(place);
        place.close();
    }

    int count() {
        return count.get();
    }

    /** Connections of a client on which nobody was admitted. */
    int strangers(String client) {
        return strangers.getOrDefault(client, 0);
    }
}
