package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CarriersTest {
    private static final int SUBMITTERS = 64;
    private static final int EACH = 3;
    private static final VirtualThreadSchedulerMXBean SCHEDULER =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    private final Object house = new Object();
    private volatile boolean enough;

    @AfterEach
    void giveBack() {
        enough = true;
        Carriers.want(house, 0);
    }

    private void occupyAllCarriers() throws InterruptedException {
        int carriers = SCHEDULER.getParallelism();
        CountDownLatch occupied = new CountDownLatch(carriers);
        for (int i = 0; i < carriers; i++) {
            Thread.startVirtualThread(() -> {
                occupied.countDown();
                while (!enough) {
                    Thread.onSpinWait();
                }
            });
        }
        occupied.await();
    }

    /** Work in each of the scheduler's queues: which one it comes to depends on the thread that hands it in. */
    private static CountDownLatch handInWork() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(SUBMITTERS * EACH);
        for (int i = 0; i < SUBMITTERS; i++) {
            Thread.ofPlatform()
                    .start(() -> {
                        for (int j = 0; j < EACH; j++) {
                            Thread.startVirtualThread(done::countDown);
                        }
                    })
                    .join();
        }
        return done;
    }

    @Test
    void carrierThatIsAddedRunsWhatWaitedInEveryQueue() throws Exception {
        occupyAllCarriers();
        CountDownLatch waiting = handInWork();

        Carriers.want(house, 1);
        Carriers.nudge();

        assertTrue(waiting.await(30, TimeUnit.SECONDS), () -> waiting.getCount() + " virtual threads never ran");
    }

    @Test
    void nothingIsHandedInWhileAllCarriersWork() throws Exception {
        occupyAllCarriers();
        long before = SCHEDULER.getQueuedVirtualThreadCount();

        for (int i = 0; i < 20; i++) {
            Carriers.nudge();
        }

        assertTrue(SCHEDULER.getQueuedVirtualThreadCount() - before < 64);
    }
}
