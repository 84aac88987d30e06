package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has to go when there are too many. */
class PlacesTest {
    /** 400 places, 25 of them spare, 200 for strangers of one address. */
    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), 400);

    private final Places places = new Places(LIMITS);
    private long clock;

    private class Fake implements Places.Place {
        private final String client;
        private final boolean exempt;
        private final long since = ++clock;
        private final AtomicBoolean stranger = new AtomicBoolean(true);
        private boolean admitted;
        private boolean busy;
        private boolean closed;

        Fake(String client, boolean exempt) {
            this.client = client;
            this.exempt = exempt;
        }

        Fake admit() {
            admitted = true;
            places.admitted(this);
            return this;
        }

        @Override
        public String client() {
            return client;
        }

        @Override
        public boolean exempt() {
            return exempt;
        }

        @Override
        public boolean admitted() {
            return admitted;
        }

        @Override
        public boolean waits() {
            return !busy;
        }

        @Override
        public long waitsSince() {
            return since;
        }

        @Override
        public void close() {
            closed = true;
            // as the connection's own thread does
            places.leave(this);
        }

        @Override
        public boolean forgotten() {
            return stranger.compareAndSet(true, false);
        }
    }

    private List<Fake> enter(int count, String client) {
        List<Fake> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(enter(client));
        }
        return all;
    }

    private Fake enter(String client) {
        Fake place = new Fake(client, false);
        assertTrue(places.enter(place));
        return place;
    }

    @Test
    void aQuarterIsForStrangersOfOneAddressWhereThatIsAPoolOrMore() {
        ConnectionLimits many = new ConnectionLimits(Duration.ZERO, Duration.ZERO, 10_000);

        assertEquals(2_500, many.strangersOfOneClient());
        assertEquals(200, LIMITS.strangersOfOneClient());
    }

    @Test
    void anAddressThatHasTooManyLosesTheOneThatWaitsForLongest() {
        List<Fake> silent = enter(200, "a");
        Fake other = enter("b");

        Fake last = enter("a");

        assertTrue(silent.getFirst().closed);
        assertFalse(silent.getLast().closed);
        assertFalse(last.closed);
        assertFalse(other.closed);
    }

    @Test
    void anAddressWhoseRequestsAreAllBeingAnsweredGetsNoMore() {
        enter(200, "a").forEach(place -> place.busy = true);

        assertFalse(places.enter(new Fake("a", false)));
        assertEquals(200, places.count());
        assertTrue(places.enter(new Fake("b", false)));
    }

    @Test
    void aTrustedProxyMayHaveThemAll() {
        for (int i = 0; i < 370; i++) {
            assertTrue(places.enter(new Fake("proxy", true)));
        }

        assertEquals(370, places.count());
    }

    @Test
    void admittedCallersDoNotCountAsStrangers() {
        enter(200, "a").forEach(Fake::admit);

        Fake first = enter("a");
        enter("a");

        assertFalse(first.closed);
    }

    @Test
    void whenAlmostFullTheAddressThatHasMostGoesFirstAndCallersGoLast() {
        List<Fake> callers = enter(100, "caller");
        callers.forEach(Fake::admit);
        List<Fake> few = enter(100, "few");
        List<Fake> most = enter(175, "most");
        assertTrue(most.stream().noneMatch(place -> place.closed));

        enter("another");

        assertTrue(most.getFirst().closed);
        assertFalse(most.getLast().closed);
        assertTrue(few.stream().noneMatch(place -> place.closed));
        assertTrue(callers.stream().noneMatch(place -> place.closed));
    }

    @Test
    void idleCallersGoWhenThereIsNobodyElse() {
        List<Fake> callers = new ArrayList<>();
        for (int i = 0; i < 375; i++) {
            callers.add(enter("c" + i).admit());
        }

        enter("new");

        assertTrue(callers.getFirst().closed);
        assertFalse(callers.getLast().closed);
    }

    @Test
    void oneThatHasToGoWhileItEntersIsNotCountedForEver() {
        for (int i = 0; i < 375; i++) {
            enter("b" + i).busy = true;
        }
        AtomicBoolean first = new AtomicBoolean(true);
        Fake slow = new Fake("a", false) {
            @Override
            public String client() {
                // another connection comes while this one enters
                if (first.getAndSet(false)) {
                    PlacesTest.this.enter("c");
                    PlacesTest.this.enter("c");
                }
                return super.client();
            }
        };

        places.enter(slow);
        places.leave(slow);

        assertEquals(0, places.strangers("a"));
    }

    @Test
    void connectionsThatBeginToWaitWhileOneIsChosenDoNoHarm() {
        Random random = new Random(1);

        assertDoesNotThrow(() -> {
            for (int i = 0; i < 5_000; i++) {
                places.enter(new Fake("c" + i % 3, false) {
                    @Override
                    public long waitsSince() {
                        return random.nextInt(1_000);
                    }
                });
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsLostOfTheCountsWhateverHappens(long seed) {
        Random random = new Random(seed);
        List<Fake> open = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    Fake place = new Fake("c" + random.nextInt(4), false);
                    if (places.enter(place)) {
                        open.add(place);
                    }
                }
                case 4 -> {
                    if (!open.isEmpty()) {
                        places.leave(open.remove(random.nextInt(open.size())));
                    }
                }
                case 5 -> {
                    if (!open.isEmpty()) {
                        open.get(random.nextInt(open.size())).admit();
                    }
                }
                default -> {
                    if (!open.isEmpty()) {
                        open.get(random.nextInt(open.size())).busy ^= true;
                    }
                }
            }
            open.removeIf(place -> place.closed);
            assertEquals(open.size(), places.count());
            for (int client = 0; client < 4; client++) {
                String name = "c" + client;
                assertEquals(
                        open.stream()
                                .filter(place -> place.client.equals(name) && !place.admitted)
                                .count(),
                        places.strangers(name));
            }
        }
        assertTrue(places.count() > 0);
    }
}
