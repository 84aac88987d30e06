package dev.portcullis.gateway.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** {@code diagnostics}: what others may read or are sent of what the gateway counts and times. */
public record DiagnosticsConfig(Metrics metrics, Otel otel) {
    /** What holds unless configured. */
    public static final DiagnosticsConfig DEFAULT = new DiagnosticsConfig(
            new Metrics(true, false),
            new Otel(
                    false,
                    URI.create("http://127.0.0.1:4318/v1/traces"),
                    URI.create("http://127.0.0.1:4318/v1/metrics"),
                    true,
                    true,
                    Map.of(),
                    "portcullis",
                    1,
                    Duration.ofSeconds(10)));

    /**
     * {@code diagnostics.metrics}.
     *
     * @param enabled whether there is a page at {@code /metrics}
     * @param openToLoopback whether callers on the machine itself need no credential for it
     */
    public record Metrics(boolean enabled, boolean openToLoopback) {}

    /**
     * {@code diagnostics.otel}: a collector that is sent spans and metrics.
     *
     * @param headers of requests to it
     * @param sampleRate which part of the invocations leaves a span, where the caller does not say
     */
    public record Otel(
            boolean enabled,
            URI tracesEndpoint,
            URI metricsEndpoint,
            boolean traces,
            boolean metrics,
            Map<String, Secret> headers,
            String serviceName,
            double sampleRate,
            Duration flushInterval) {
        public Otel {
            headers = Map.copyOf(headers);
        }
    }
}
