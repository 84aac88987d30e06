package dev.portcullis.gateway.runtime.invoke;

import java.util.List;

/**
 * What the watchdog sees, for operators.
 *
 * @param running invocations that run now
 * @param extraParallelism carrier threads added while tools occupy those there are
 * @param runaways tools that are refused because they do not end
 */
public record WatchReport(int running, int extraParallelism, List<Runaway> runaways) {
    /**
     * A tool that runs on after its deadline.
     *
     * @param invocations how many of its invocations do
     */
    public record Runaway(String tool, String provider, int invocations) {}

    /** Of a moment when nothing runs. */
    public static final WatchReport NOTHING = new WatchReport(0, 0, List.of());

    public WatchReport {
        runaways = List.copyOf(runaways);
    }
}
