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
 */
public record InvokeConfig(
        Duration timeout,
        Map<String, Duration> timeouts,
        int maxConcurrent,
        int maxResultBytes,
        Duration policySourceTimeout) {
    public static final InvokeConfig DEFAULT =
            new InvokeConfig(Duration.ofSeconds(60), Map.of(), 1024, 16 * 1024 * 1024, Duration.ofSeconds(1));

    public InvokeConfig {
        timeouts = Map.copyOf(timeouts);
    }
}
