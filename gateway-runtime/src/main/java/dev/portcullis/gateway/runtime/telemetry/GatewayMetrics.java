package dev.portcullis.gateway.runtime.telemetry;

import dev.portcullis.gateway.runtime.audit.AuditLog;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The metrics of one gateway. Safe for use by several threads. */
public final class GatewayMetrics {
    private static final double MILLIS = 1e3;

    private final Meters meters;
    private final ExpositionFormatWriter plain =
            PrometheusTextFormatWriter.builder().build();
    private final ExpositionFormatWriter open =
            OpenMetricsTextFormatWriter.builder().build();
    private boolean complete;

    public GatewayMetrics(String version) {
        this.meters = new Meters(version);
    }

    /**
     * The same log, with everything that goes into it counted.
     *
     * @param tool whether a name is a tool's: nothing else becomes a label
     */
    public AuditLog counting(AuditLog log, Predicate<String> tool) {
        return new MeteredAuditLog(meters, log, tool);
    }

    /**
     * Where the answers of a route are counted.
     *
     * @param name the path as it is documented, never as it was sent
     */
    public RouteMeter route(String name) {
        return new RouteMeter(meters, name);
    }

    /** Where to look when somebody asks. Once. */
    public void watch(Supplier<Vitals> vitals) {
        meters.registry.register(new VitalsCollector(vitals));
    }

    /** A configuration serves from now on, the first one included. */
    public void serving() {
        meters.reloaded.set(Instant.now().toEpochMilli() / MILLIS);
    }

    /**
     * Something was read again.
     *
     * @param what {@code config} or {@code plugins}
     */
    public void reloaded(String what, boolean applied) {
        meters.reloads.labelValues(what, applied ? "applied" : "refused").inc();
        if (applied) {
            serving();
        }
    }

    /**
     * All of them as they are now.
     *
     * @param accept what the client sent as {@code Accept}; empty if nothing
     */
    public MetricsPage page(String accept) {
        ExpositionFormatWriter writer = open.accepts(accept) ? open : plain;
        ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
        try {
            writer.write(out, scrape());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new MetricsPage(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }

    MetricSnapshots scrape() {
        return registry().scrape();
    }

    /** Those of the machine are made when somebody asks first: a start need not wait for them. */
    private synchronized PrometheusRegistry registry() {
        if (!complete) {
            JvmMetrics.builder().register(meters.registry);
            complete = true;
        }
        return meters.registry;
    }
}
