package dev.portcullis.gateway.runtime.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;

/**
 * Lets old garbage go while nobody calls. The serial collector looks at old objects only when all of {@code -Xmx} is taken, so
 * what became old and then garbage, as the state of connections does, would stay until then. Other collectors do so themselves.
 */
final class IdleCollection {
    /** How the JVM calls the parts of the serial collector. */
    private static final String YOUNG = "Copy";

    private static final String OLD = "Tenured Gen";

    private static final long ROUND_MILLIS = 5_000;
    private static final long WORTH_IT = 32L * 1024 * 1024;

    private final GarbageCollectorMXBean young;
    private final MemoryPoolMXBean old;
    private final Runnable collect;
    private long seen;

    IdleCollection(GarbageCollectorMXBean young, MemoryPoolMXBean old, Runnable collect) {
        this.young = young;
        this.old = old;
        this.collect = collect;
    }

    /** For this process, unless its collector needs none. */
    static void start() {
        Optional<GarbageCollectorMXBean> young = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> bean.getName().equals(YOUNG))
                .findFirst();
        Optional<MemoryPoolMXBean> old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(bean -> bean.getName().equals(OLD))
                .findFirst();
        if (young.isPresent() && old.isPresent()) {
            IdleCollection idle = new IdleCollection(young.get(), old.get(), System::gc);
            Thread.ofPlatform().name("idle-collection").daemon(true).start(idle::run);
        }
    }

    private void run() {
        while (true) {
            try {
                Thread.sleep(ROUND_MILLIS);
                look();
            } catch (InterruptedException woken) {
                // by a tool that interrupts whatever thread it finds: nobody else does
            }
        }
    }

    /** Collects if nothing was allocated to speak of since the last look, and old objects came in since they were collected. */
    void look() {
        long collections = young.getCollectionCount();
        boolean idle = collections == seen;
        seen = collections;
        if (idle && old.getUsage().getUsed() - old.getCollectionUsage().getUsed() > WORTH_IT) {
            collect.run();
        }
    }
}
