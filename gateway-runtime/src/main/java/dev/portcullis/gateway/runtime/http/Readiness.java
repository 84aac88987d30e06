package dev.portcullis.gateway.runtime.http;

import java.time.Duration;
import java.util.List;

/**
 * How the gateway is.
 *
 * @param failing why it should get no traffic; empty if it is ready
 * @param degraded what is wrong, and no reason to send the traffic elsewhere
 * @param quarantined plugins that could not be loaded, which is no reason to send the traffic elsewhere
 * @param problems what is wrong with them and what to do, for those who may know where things are
 * @param skipped reloads that changed nothing, because what the files say cannot serve
 */
public record Readiness(
        List<String> failing,
        List<String> degraded,
        List<String> quarantined,
        List<String> problems,
        List<String> skipped,
        Duration uptime,
        String version) {
    public static final String DRAINING = "gateway-draining";

    /** One of the addresses is not listened to any more. */
    public static final String LISTENER_CLOSED = "listener-closed";

    /** Records of the audit log are lost. */
    public static final String AUDIT_LOSING = "audit-losing";

    public Readiness {
        failing = List.copyOf(failing);
        degraded = List.copyOf(degraded);
        quarantined = List.copyOf(quarantined);
        problems = List.copyOf(problems);
        skipped = List.copyOf(skipped);
    }

    boolean ready() {
        return failing.isEmpty();
    }
}
