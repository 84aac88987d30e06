package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.runtime.invoke.MountedThreads.Place;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
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
    private static final int MOST_PASSES = 10;

    private static int kept;

    /** The processors of those that were confined last. */
    private static BitSet last = new BitSet();

    /** Something is wished that was not brought about yet, or failed: who was confined may be so still. */
    private static volatile boolean unsettled;

    private static volatile boolean impossible;

    /** Made when it is asked for: calling the system takes a tenth of a second to prepare. */
    private static final class Kernel {
        static final Optional<Affinity> AFFINITY = Affinity.open();
    }

    private Confinement() {}

    /** Does what takes half a second on a busy machine, the first time, before it is needed. */
    static void prepare() {
        if (!PREPARED.getAndSet(true)) {
            WORKER.execute(() -> Kernel.AFFINITY.ifPresent(ready -> places()));
        }
    }

    /**
     * Sets which virtual threads somebody wants confined for as long as they stay where they are; all others are free. Done
     * by another thread: whoever asks has more urgent things to do.
     *
     * @return whether it has to be asked for again
     */
    static boolean want(Object who, Set<Thread> threads) {
        boolean open = wish(who, threads);
        if (open) {
            WORKER.execute(Confinement::work);
        }
        return open;
    }

    /** False if there is nothing to do about it. */
    private static boolean wish(Object who, Set<Thread> threads) {
        synchronized (WISHES) {
            boolean changes = threads.isEmpty() ? WISHES.remove(who) != null : !impossible;
            if (!threads.isEmpty()) {
                WISHES.put(who, Set.copyOf(threads));
            }
            if (changes) {
                unsettled = true;
            }
            return unsettled;
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
        } catch (IOException | RuntimeException | Error broken) {
            // no memory or no file to be had, it may be: the next round of the watchdog asks again
        }
    }

    private static void giveUp(String reason) {
        if (!impossible) {
            impossible = true;
            LOG.log(
                    System.Logger.Level.INFO,
                    "Threads of tools that do not yield cannot be kept to some of the processors: " + reason);
        }
    }

    /** Brings about what is wanted. */
    static synchronized void settle() throws IOException {
        // before the wishes are read: what is wished meanwhile is asked for again
        unsettled = false;
        if (Kernel.AFFINITY.isEmpty()) {
            return;
        }
        boolean settled = false;
        try {
            find();
            confine(Kernel.AFFINITY.get());
            settled = true;
        } finally {
            if (!settled) {
                unsettled = true;
            }
        }
    }

    private static void find() {
        Set<Thread> wanted = wanted();
        FOUND.entrySet()
                .removeIf(
                        one -> !wanted.contains(one.getKey()) || !one.getValue().has(one.getKey()));
        wanted.removeAll(FOUND.keySet());
        wanted.removeIf(thread -> MountedThreads.carrier(thread).isEmpty());
        if (wanted.isEmpty()) {
            return;
        }
        // made by a confined thread it would be as small as what that one may use, for ever
        ForkJoinPool.getCommonPoolParallelism();
        Map<Long, Place> places = places();
        for (Thread thread : wanted) {
            Place place = places.get(thread.threadId());
            if (place != null && place.has(thread)) {
                FOUND.put(thread, place);
            }
        }
    }

    private static Map<Long, Place> places() {
        try {
            return MountedThreads.places();
        } catch (JMException none) {
            giveUp(none.toString());
            return Map.of();
        }
    }

    /** A thread that a confined one makes is confined, too, so all are looked at, until none was made meanwhile. */
    private static void confine(Affinity affinity) throws IOException {
        BitSet all = affinity.processors(0);
        BitSet some = mostOf(all);
        Set<Integer> numbers = new HashSet<>();
        if (!some.isEmpty()) {
            FOUND.values().forEach(place -> numbers.add(place.number()));
        }
        int before = kept;
        boolean freed = true;
        for (int pass = 0; freed && pass < MOST_PASSES; pass++) {
            freed = false;
            kept = 0;
            for (int thread : affinity.threads()) {
                if (numbers.contains(thread)) {
                    kept += affinity.keep(thread, some) ? 1 : 0;
                } else if (isConfined(affinity.processors(thread), some)) {
                    freed |= affinity.keep(thread, all);
                }
            }
        }
        last = some;
        if (kept != before) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Threads that are kept to processors " + some + " of " + all + ", since their tools do not yield: "
                            + before + " -> " + kept);
        }
        if (kept == 0
                && numbers.stream()
                        .anyMatch(number -> !affinity.processors(number).isEmpty())) {
            giveUp("the system refuses it");
        }
    }

    private static boolean isConfined(BitSet processors, BitSet some) {
        return !processors.isEmpty() && (processors.equals(some) || processors.equals(last));
    }

    /** Without a quarter of what this process is given, and at least one. */
    private static BitSet mostOf(BitSet all) {
        int given = Math.min(all.cardinality(), Runtime.getRuntime().availableProcessors());
        BitSet some = new BitSet();
        all.stream().limit(Math.max(0, given - Math.max(1, given / 4))).forEach(some::set);
        return some;
    }
}
