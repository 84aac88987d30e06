package dev.portcullis.gateway.runtime.telemetry;

import java.time.Duration;
import java.util.Map;

/**
 * What a gateway looks like at a moment.
 *
 * @param reopened how often the gateway had to listen on an address again since the start
 * @param activeRequests HTTP requests that are being answered
 * @param running invocations that run
 * @param runaways invocations that run on after their deadline
 * @param extraCarriers carrier threads that the watchdog added
 * @param lockouts how often a client was locked out since the start
 * @param lockedOut clients that are locked out now
 */
public record Vitals(
        long reopened,
        int activeRequests,
        int running,
        int runaways,
        int extraCarriers,
        long lockouts,
        int lockedOut,
        Plugins plugins,
        Audit audit) {
    /**
     * The plugins.
     *
     * @param serving how many serve
     * @param loaded generation of each, by its id; the built-in ones, which are never replaced, as one
     * @param generation of configuration and plugins that decides who is admitted; counts from 1
     * @param generations that are alive: 1, but for those that still have requests in them after a reload
     */
    public record Plugins(int serving, Map<String, Integer> loaded, int quarantined, long generation, int generations) {
        public Plugins {
            loaded = Map.copyOf(loaded);
        }
    }

    /**
     * The audit log.
     *
     * @param waiting records that are not written yet
     * @param lag how old the oldest of them is
     * @param lost records that could not be written since the start
     * @param removedArchives since the start, because retention said so
     */
    public record Audit(int waiting, Duration lag, long lost, long removedArchives) {}
}
