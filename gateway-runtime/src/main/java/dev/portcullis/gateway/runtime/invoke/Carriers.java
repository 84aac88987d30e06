package dev.portcullis.gateway.runtime.invoke;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * How many carrier threads run virtual threads. One setting for the whole process: everybody's wishes are added up, and what
 * was there at first is what is there when nobody wishes.
 */
final class Carriers {
    private static final System.Logger LOG = System.getLogger(Carriers.class.getName());
    private static final VirtualThreadSchedulerMXBean SCHEDULER =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    /** Its queues hold 64 at first, and grow by doubling. */
    private static final int NUDGES = 1024;

    /** A machine that has no thread to give is not asked by filling its memory. */
    private static final int MOST_WAITING = 64 * NUDGES;

    private static final int ORDINARY = SCHEDULER.getParallelism();
    private static final Map<Object, Integer> WISHES = new WeakHashMap<>();
    private static final AtomicInteger WAITING = new AtomicInteger();

    private Carriers() {}

    /** Sets how many more than ordinary somebody wants. */
    static synchronized void want(Object who, int extra) {
        if (extra == 0) {
            WISHES.remove(who);
        } else {
            WISHES.put(who, extra);
        }
        int wanted =
                ORDINARY + WISHES.values().stream().mapToInt(Integer::intValue).sum();
        try {
            SCHEDULER.setParallelism(wanted);
        } catch (RuntimeException refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The parallelism of virtual threads cannot be set to " + wanted + ": " + refused
                            + ". Tools that do not yield can stop the gateway from answering.");
        }
    }

    /**
     * Makes the scheduler look at its size. It starts a carrier only when work comes to a queue that is empty, or full, and
     * while nobody works all its queues may be neither: so one is filled, until somebody works or, if it had grown, by the
     * next nudges. Each time it is another thread's, for each that was filled has grown. With all carriers at work there is
     * nothing to start, and nothing is done.
     */
    static void nudge() {
        if (idle()) {
            Thread.ofPlatform()
                    .name("nudge")
                    .daemon(true)
                    .inheritInheritableThreadLocals(false)
                    .start(Carriers::handIn);
        }
    }

    private static void handIn() {
        AtomicBoolean worked = new AtomicBoolean();
        for (int i = 0; i < NUDGES && !worked.get() && idle() && WAITING.get() < MOST_WAITING; i++) {
            Thread.startVirtualThread(() -> {
                WAITING.decrementAndGet();
                worked.set(true);
            });
            WAITING.incrementAndGet();
        }
    }

    /** Whether more carriers may run than do. */
    private static boolean idle() {
        return SCHEDULER.getMountedVirtualThreadCount() < SCHEDULER.getParallelism();
    }
}
