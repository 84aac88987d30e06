package dev.portcullis.gateway.runtime.invoke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;

/**
 * Keeps carriers of virtual threads that do not yield to some of the processors, so that everybody else finds one free. The
 * system alone would give each of many spinning threads as much as the few that serve. One setting for the whole process, as
 * with {@link Carriers}: what anybody wants confined is.
 */
final class Confinement {
    private static final System.Logger LOG = System.getLogger(Confinement.class.getName());
    private static final Map<Object, Set<Thread>> WISHES = new WeakHashMap<>();

    /** One thread, while there is work; who waits already sees all wishes. */
    private static final Executor WORKER = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            Thread.ofPlatform()
                    .name("confinement")
                    .daemon(true)
                    .inheritInheritableThreadLocals(false)
                    .factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    private static final Map<Thread, Place> FOUND = new HashMap<>();
    private static final AtomicBoolean PREPARED = new AtomicBoolean();
    private static boolean rehearsed;
    private static int kept;
    private static volatile boolean impossible;

    /** Made when it is asked for: calling the system takes a tenth of a second to prepare. */
    private static final class Kernel {
        static final Optional<Affinity> AFFINITY = Affinity.open();
    }

    /** Where a virtual thread was found, and has not left since. */
    private record Place(String carrier, int number) {
        boolean has(Thread virtual) {
            return MountedThreads.carrier(virtual).equals(carrier);
        }
    }

    private Confinement() {}

    /** Does what takes half a second on a busy machine, the first time, before it is needed. */
    static void prepare() {
        if (!PREPARED.getAndSet(true)) {
            WORKER.execute(Confinement::work);
        }
    }

    /**
     * Sets which virtual threads somebody wants confined for as long as they stay where they are; all others are free. Done
     * by another thread: whoever asks has more urgent things to do.
     */
    static void want(Object who, Set<Thread> threads) {
        if (wish(who, threads)) {
            WORKER.execute(Confinement::work);
        }
    }

    /** False if there is nothing to do about it. */
    private static boolean wish(Object who, Set<Thread> threads) {
        synchronized (WISHES) {
            if (threads.isEmpty()) {
                return WISHES.remove(who) != null;
            }
            WISHES.put(who, Set.copyOf(threads));
            return !impossible;
        }
    }

    private static Set<Thread> wanted() {
        synchronized (WISHES) {
            Set<Thread> wanted = new HashSet<>();
            WISHES.values().forEach(wanted::addAll);
            return wanted;
        }
    }

    private static void work() {
        try {
            settle();
        } catch (IOException | UncheckedIOException | JMException | UnsupportedOperationException none) {
            impossible = true;
            LOG.log(
                    System.Logger.Level.INFO,
                    "Threads of tools that do not yield cannot be kept to some of the processors: " + none);
        } catch (RuntimeException | Error broken) {
            // no memory, it may be: the next round of the watchdog asks again
        }
    }

    /** Brings about what is wanted. */
    static synchronized void settle() throws IOException, JMException {
        if (Kernel.AFFINITY.isPresent()) {
            find();
            confine(Kernel.AFFINITY.get());
        }
    }

    private static void find() throws JMException {
        Set<Thread> wanted = wanted();
        FOUND.entrySet()
                .removeIf(
                        one -> !wanted.contains(one.getKey()) || !one.getValue().has(one.getKey()));
        Map<Thread, String> carriers = new HashMap<>();
        for (Thread thread : wanted) {
            String carrier = MountedThreads.carrier(thread);
            if (!carrier.isEmpty() && !FOUND.containsKey(thread)) {
                carriers.put(thread, carrier);
            }
        }
        if (!carriers.isEmpty() || !rehearsed) {
            rehearsed = true;
            Map<Long, Integer> numbers = MountedThreads.numbers();
            carriers.forEach((thread, carrier) -> {
                Integer number = numbers.get(thread.threadId());
                Place place = new Place(carrier, number == null ? 0 : number);
                if (number != null && place.has(thread)) {
                    FOUND.put(thread, place);
                }
            });
        }
    }

    /** A thread that a confined one makes is confined, too, so all are looked at. */
    private static void confine(Affinity affinity) throws IOException {
        BitSet all = affinity.processors(0);
        BitSet some = mostOf(all);
        if (some.isEmpty()) {
            return;
        }
        Set<Integer> numbers = new HashSet<>();
        FOUND.values().forEach(place -> numbers.add(place.number()));
        int before = kept;
        kept = 0;
        for (int thread : affinity.threads()) {
            if (numbers.contains(thread)) {
                kept += affinity.keep(thread, some) ? 1 : 0;
            } else if (affinity.processors(thread).equals(some)) {
                affinity.keep(thread, all);
            }
        }
        if (kept != before) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Threads that are kept to processors " + some + " of " + all + ", since their tools do not yield: "
                            + before + " -> " + kept);
        }
    }

    /** Without a quarter of them, and at least one. */
    private static BitSet mostOf(BitSet all) {
        int most = all.cardinality() - Math.max(1, all.cardinality() / 4);
        BitSet some = new BitSet();
        all.stream().limit(most).forEach(some::set);
        return some;
    }
}
