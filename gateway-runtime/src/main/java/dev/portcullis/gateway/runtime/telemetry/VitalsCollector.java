package dev.portcullis.gateway.runtime.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.function.Supplier;

/** What is looked up when somebody asks, all of it from one look. */
final class VitalsCollector implements MultiCollector {
    private static final double MILLIS = 1e3;

    private final Supplier<Vitals> source;

    VitalsCollector(Supplier<Vitals> source) {
        this.source = source;
    }

    @Override
    public MetricSnapshots collect() {
        Vitals now = source.get();
        Vitals.Plugins plugins = now.plugins();
        Vitals.Audit audit = now.audit();
        return MetricSnapshots.of(
                gauge("http_server_active_requests", "Requests that are being answered", now.activeRequests()),
                counter(
                        "portcullis_listener_reopenings",
                        "How often the gateway had to listen on an address again",
                        (double) now.reopened()),
                gauge("portcullis_invocations_running", "Invocations that run", now.running()),
                gauge(
                        "portcullis_invocations_runaway",
                        "Invocations that run on after deadline, interrupt and grace",
                        now.runaways()),
                gauge(
                        "portcullis_carrier_threads_extra",
                        "Carrier threads added because tools do not yield",
                        now.extraCarriers()),
                counter("portcullis_auth_lockouts", "How often a client was locked out", (double) now.lockouts()),
                gauge("portcullis_auth_locked_out_clients", "Clients that are locked out", now.lockedOut()),
                GaugeSnapshot.builder()
                        .name("portcullis_plugins")
                        .help("Plugins by whether they serve")
                        .dataPoint(point(plugins.serving(), Labels.of("state", "loaded")))
                        .dataPoint(point(plugins.quarantined(), Labels.of("state", "quarantined")))
                        .build(),
                generations(plugins.loaded()),
                gauge(
                        "portcullis_generation",
                        "Generation of configuration and plugins that decides who is admitted",
                        (double) plugins.generation()),
                gauge(
                        "portcullis_generations_alive",
                        "Generations with requests in them, the serving one included",
                        plugins.generations()),
                gauge("portcullis_audit_queue_records", "Audit records that are not written yet", audit.waiting()),
                gauge(
                        "portcullis_audit_lag_seconds",
                        "Age of the oldest audit record that is not written yet",
                        audit.lag().toMillis() / MILLIS),
                counter("portcullis_audit_lost_records", "Audit records that could not be written", (double)
                        audit.lost()),
                counter(
                        "portcullis_audit_removed_archives",
                        "Archives of the audit log that retention removed",
                        (double) audit.removedArchives()));
    }

    private static MetricSnapshot generations(Map<String, Integer> loaded) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder()
                .name("portcullis_plugin_generation")
                .help("Which generation of a plugin serves; grows each time it is replaced");
        loaded.forEach((plugin, generation) -> builder.dataPoint(point(generation, Labels.of("plugin", plugin))));
        return builder.build();
    }

    private static MetricSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(value, Labels.EMPTY))
                .build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(labels)
                .build();
    }

    /** Without {@code _total}, which the page adds. */
    private static MetricSnapshot counter(String name, String help, double value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
    }
}
