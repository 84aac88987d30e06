package dev.portcullis.gateway.runtime.invoke;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private static final int ORDINARY = SCHEDULER.getParallelism();
    private static final Map<Object, Integer> WISHES = new WeakHashMap<>();

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
     * while nobody works all its queues may be neither: so this thread's queue is filled, until somebody works or, if it had
     * grown, by the next nudges.
     */
    static void nudge() {
        AtomicBoolean worked = new AtomicBoolean();
        for (int i = 0; i < NUDGES && !worked.get(); i++) {
            Thread.startVirtualThread(() -> worked.set(true));
        }
    }
}
