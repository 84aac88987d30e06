package dev.portcullis.gateway.runtime.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long a new virtual thread waits for its turn: what the reference gateway's event loop delay is to it. Requests wait as
 * long.
 */
final class SchedulerDelay {
    private static final long DEGRADED_MILLIS = 500;

    private SchedulerDelay() {}

    static Map<String, Object> measure() {
        CountDownLatch ran = new CountDownLatch(1);
        long began = System.nanoTime();
        Thread.ofVirtual().name("scheduler-delay").start(ran::countDown);
        boolean inTime;
        try {
            inTime = ran.await(DEGRADED_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            inTime = false;
        }
        Map<String, Object> delay = new LinkedHashMap<>();
        delay.put("degraded", !inTime);
        delay.put("delayMs", Math.round((System.nanoTime() - began) / 1e3) / 1e3);
        return delay;
    }
}
