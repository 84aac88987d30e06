package dev.portcullis.gateway.runtime.telemetry;

import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/**
 * Every metric that is counted as things happen, as one table; those that are looked up when somebody asks are in
 * {@link VitalsCollector}. Names of HTTP follow the semantic conventions of OpenTelemetry in Prometheus' spelling.
 */
final class Meters {
    /** Seconds: from what a governed call costs to the longest that a tool usually may take. */
    private static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };

    /** Nobody configures the library beside us. */
    private final PrometheusProperties properties =
            PrometheusProperties.builder().build();

    final PrometheusRegistry registry = new PrometheusRegistry();
    final Histogram requests = histogram(
            "http_server_request_duration_seconds",
            "Time from the head of a request to the end of its answer",
            "http_route",
            "http_request_method",
            "http_response_status_code");
    final Counter invocations =
            counter("portcullis_invocations_total", "Invocations by how they ended", "tool", "outcome", "category");
    final Histogram invocationSeconds = histogram(
            "portcullis_invocation_duration_seconds", "Time of an invocation, from its head to its outcome", "tool");
    final Counter decisions = counter(
            "portcullis_policy_decisions_total",
            "Decisions by what was decided and the step that denied",
            "decision",
            "label");
    final Counter authFailures =
            counter("portcullis_auth_failures_total", "Requests whose caller was not admitted", "surface", "reason");
    final Counter reloads = counter(
            "portcullis_reloads_total", "Edits of configuration or plugins by what became of them", "what", "result");
    final Gauge reloaded =
            gauge("portcullis_last_reload_timestamp_seconds", "When what serves was read, in seconds since 1970");

    Meters(String version) {
        Info.builder(properties)
                .name("portcullis_build_info")
                .help("The version that runs")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder(properties)
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private Gauge gauge(String name, String help) {
        return Gauge.builder(properties)
                .name(name)
                .help(help)
                .withoutExemplars()
                .register(registry);
    }

    private Histogram histogram(String name, String help, String... labels) {
        return Histogram.builder(properties)
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(BOUNDS)
                .withoutExemplars()
                .register(registry);
    }
}
