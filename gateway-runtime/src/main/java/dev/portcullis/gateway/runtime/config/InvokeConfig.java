package dev.portcullis.gateway.runtime.config;

import java.time.Duration;
import java.util.Map;

/**
 * {@code gateway.invoke}: bounds of running a tool.
 *
 * @param timeout deadline of an invocation, unless the tool or {@code timeouts} says otherwise
 * @param timeouts deadline by tool name; wins over what the tool asks for
 * @param maxConcurrent invocations that may run at the same time; more are refused with 503
 * @param maxResultBytes size of a result as JSON
 * @param policySourceTimeout what a policy source has for one answer
 * @param authProviderTimeout what an auth provider of a plugin has for one answer
 * @param watchdog what happens to tools that do not end
 */
public record InvokeConfig(
        Duration timeout,
        Map<String, Duration> timeouts,
        int maxConcurrent,
        int maxResultBytes,
        Duration policySourceTimeout,
        Duration authProviderTimeout,
        Watchdog watchdog) {
    /**
     * {@code gateway.invoke.watchdog}: keeps the gateway answering when tools spin.
     *
     * @param enabled whether it acts at all
     * @param grace what a tool has after its deadline before it counts as runaway
     * @param maxExtraParallelism carrier threads that may be added while tools occupy those there are
     * @param confine whether threads of tools that do not yield are kept to some of the processors meanwhile
     */
    public record Watchdog(boolean enabled, Duration grace, int maxExtraParallelism, boolean confine) {
        /** What holds unless configured. */
        public static final Watchdog DEFAULT = new Watchdog(true, Duration.ofSeconds(2), 32, true);
    }

    public static final InvokeConfig DEFAULT = new InvokeConfig(
            Duration.ofSeconds(60),
            Map.of(),
            1024,
            16 * 1024 * 1024,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Watchdog.DEFAULT);

    public InvokeConfig {
        timeouts = Map.copyOf(timeouts);
    }
}
