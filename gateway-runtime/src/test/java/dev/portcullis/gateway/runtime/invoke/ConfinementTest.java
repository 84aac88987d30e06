package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ConfinementTest {
    private static final String ALL = processors("thread-self");

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean enough;

    @BeforeEach
    void twoProcessors() {
        assumeTrue(
                Affinity.open().orElseThrow().processors(0).cardinality() > 1, "on one processor nothing is kept free");
    }

    @AfterEach
    void stop() throws Exception {
        enough = true;
        want(this, Set.of());
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    private static void want(Object who, Set<Thread> threads) throws Exception {
        Confinement.want(who, threads);
        Confinement.settle();
    }

    /** As the system shows them. */
    private static String processors(String thread) {
        try {
            return Files.readAllLines(Path.of("/proc", thread, "status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    /** The folder of the one that asks. */
    private static String here() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/thread-self")).toString();
        } catch (IOException unknown) {
            throw new AssertionError(unknown);
        }
    }

    /** Occupies the carrier that it is on until it is told what to do, and does that instead until all is over. */
    private final class Spinning {
        private final CompletableFuture<String> carrier = new CompletableFuture<>();
        private final AtomicReference<Runnable> instead = new AtomicReference<>(() -> {});
        private final Thread thread = Thread.ofVirtual().unstarted(this::run);

        Spinning() {
            threads.add(thread);
            thread.start();
            carrier.join();
        }

        private void run() {
            // what is done for the first time may wait for a lock, and go on elsewhere
            instead.getAndSet(() -> {}).run();
            carrier.complete(here());
            while (!enough) {
                instead.getAndSet(() -> {}).run();
                Thread.onSpinWait();
            }
        }

        String carrier() {
            return carrier.join();
        }
    }

    @Test
    void carrierOfASpinningThreadIsKeptOffAProcessorUntilNobodyWantsIt() throws Exception {
        Spinning spinning = new Spinning();
        String before = processors(spinning.carrier());

        want(this, Set.of(spinning.thread));
        String meanwhile = processors(spinning.carrier());
        want(this, Set.of());

        assertEquals(ALL, before);
        assertNotEquals(ALL, meanwhile);
        assertEquals(ALL, processors(spinning.carrier()));
    }

    @Test
    void threadThatWaitsIsNotConfinedWhateverIsOnItsCarrier() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<String> carrier = new CompletableFuture<>();
        Thread waiting = Thread.startVirtualThread(() -> {
            carrier.complete(here());
            try {
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        threads.add(waiting);
        String at = carrier.join();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }

        want(this, Set.of(waiting));

        assertEquals(ALL, processors(at));
        over.countDown();
    }

    @Test
    void carrierThatTheThreadHasLeftIsFreeAgain() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Spinning spinning = new Spinning();
        want(this, Set.of(spinning.thread));
        spinning.instead.set(() -> {
            left.countDown();
            try {
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        left.await();
        while (spinning.thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }

        want(this, Set.of(spinning.thread));

        assertEquals(ALL, processors(spinning.carrier()));
        over.countDown();
    }

    @Test
    void threadsThatAConfinedOneMakesAreFree() throws Exception {
        Spinning spinning = new Spinning();
        LinkedBlockingQueue<String> made = new LinkedBlockingQueue<>();
        String folder;
        String born;
        do {
            // it may wait for a lock on the way, and go on elsewhere
            want(this, Set.of(spinning.thread));
            spinning.instead.set(() -> threads.add(Thread.ofPlatform().start(() -> {
                made.add(here());
                while (!enough) {
                    Thread.onSpinWait();
                }
            })));
            folder = made.take();
            born = processors(folder);
        } while (born.equals(ALL));

        want(this, Set.of(spinning.thread));

        assertEquals(ALL, processors(folder));
    }

    @Test
    void threadsThatAreMadeWhileAllAreSetFreeAreFreeToo() throws Exception {
        Affinity affinity = Affinity.open().orElseThrow();
        Spinning spinning = new Spinning();
        want(this, Set.of(spinning.thread));
        CountDownLatch many = new CountDownLatch(20);
        spinning.instead.set(() -> {
            for (int i = 0; i < 500 && !enough; i++) {
                threads.add(Thread.ofPlatform().start(() -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2))));
                many.countDown();
                long next = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(200);
                while (System.nanoTime() < next) {
                    Thread.onSpinWait();
                }
            }
        });
        many.await();

        want(this, Set.of());
        enough = true;
        spinning.thread.join();

        for (int thread : affinity.threads()) {
            BitSet now = affinity.processors(thread);
            assertTrue(now.isEmpty() || now.equals(affinity.processors(0)), now::toString);
        }
    }

    @Test
    void threadIsConfinedForAsLongAsAnybodyWantsIt() throws Exception {
        Spinning spinning = new Spinning();
        Object other = new Object();
        want(other, Set.of(spinning.thread));
        want(this, Set.of(spinning.thread));

        want(this, Set.of());
        String still = processors(spinning.carrier());
        want(other, Set.of());

        assertNotEquals(ALL, still);
        assertEquals(ALL, processors(spinning.carrier()));
    }

    @Test
    void threadThatEndedIsForgotten() throws Exception {
        Spinning spinning = new Spinning();
        want(this, Set.of(spinning.thread));
        enough = true;
        spinning.thread.join();

        want(this, Set.of(spinning.thread));

        assertEquals(ALL, processors(spinning.carrier()));
    }
}
