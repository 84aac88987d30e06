package dev.portcullis.gateway.runtime.telemetry;

import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.audit.AuditRecord;
import dev.portcullis.gateway.runtime.config.DiagnosticsConfig;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans and metrics to a collector, by OTLP over HTTP with JSON. One thread sends, every few seconds; calls only leave their
 * record in a queue, and are not sent when it is full: a collector that is slow or gone costs nobody anything.
 */
public final class OtlpExport implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OtlpExport.class.getName());
    private static final int ROOM = 8_192;
    private static final int BATCH = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DiagnosticsConfig.Otel config;
    private final GatewayMetrics metrics;
    private final Map<String, String> resource = new LinkedHashMap<>();
    private final Instant since = Instant.now();
    private final BlockingQueue<OtlpSpan> spans = new ArrayBlockingQueue<>(ROOM);
    private final LongAdder dropped = new LongAdder();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final Thread thread = Thread.ofPlatform().name("otlp").daemon(true).unstarted(this::run);
    private volatile boolean closed;
    private boolean failing;

    private OtlpExport(DiagnosticsConfig.Otel config, GatewayMetrics metrics, String version) {
        this.config = config;
        this.metrics = metrics;
        resource.put(OtlpNames.SERVICE_NAME, config.serviceName());
        resource.put(OtlpNames.SERVICE_VERSION, version);
    }

    /** Begins to send. */
    public static OtlpExport start(DiagnosticsConfig.Otel config, GatewayMetrics metrics, String version) {
        OtlpExport export = new OtlpExport(config, metrics, version);
        export.thread.start();
        return export;
    }

    /** The same log, with a span for each invocation that goes into it. */
    public AuditLog tracing(AuditLog log) {
        return new AuditLog.Before(log) {
            @Override
            protected void seen(AuditRecord entry) {
                take(entry);
            }
        };
    }

    private void take(AuditRecord entry) {
        // nobody without a credential takes the place of a call
        boolean invocation = entry.admitted();
        Correlation correlation = Correlation.current();
        if (config.traces() && invocation && sampled(correlation) && !spans.offer(new OtlpSpan(entry, correlation))) {
            dropped.increment();
        }
    }

    /** The caller's decision, if it made one; a trace is whole or not there. */
    private boolean sampled(@Nullable Correlation correlation) {
        if (correlation != null && correlation.trace() != null) {
            return correlation.sampled();
        }
        return config.sampleRate() >= 1 || ThreadLocalRandom.current().nextDouble() < config.sampleRate();
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(config.flushInterval());
            } catch (InterruptedException end) {
                // one last time
            }
            flush();
        }
    }

    private void flush() {
        List<OtlpSpan> batch = new ArrayList<>(BATCH);
        boolean sent = true;
        while (sent && spans.drainTo(batch, BATCH) > 0) {
            sent = send(
                    config.tracesEndpoint(),
                    OtlpText.request(
                            "Spans",
                            resource,
                            batch.stream()
                                    .flatMap(span -> span.values().stream())
                                    .toList()));
            if (!sent) {
                dropped.add(batch.size());
            }
            batch.clear();
        }
        if (config.metrics() && sent) {
            sent = send(
                    config.metricsEndpoint(),
                    OtlpText.request(
                            "Metrics", resource, new OtlpMetrics(since, Instant.now()).values(metrics.scrape())));
        }
        say(sent);
    }

    private boolean send(URI endpoint, Map<String, Object> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        new JsonBytes(0, 16 * 1024).value(body).toByteArray()));
        config.headers().forEach((name, value) -> request.header(name, value.reveal()));
        try {
            HttpResponse<Void> answer = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() / 100 == 2;
        } catch (IOException | RuntimeException unreachable) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "The collector was not reached: {0}",
                    unreachable.getClass().getName());
            return false;
        } catch (InterruptedException stopping) {
            // closing waits no longer
            return false;
        }
    }

    /** Once when it begins and once when it ends, not every few seconds. */
    private void say(boolean sent) {
        if (sent == failing) {
            failing = !sent;
            if (sent) {
                LOG.log(System.Logger.Level.INFO, "The collector takes spans and metrics again.");
            } else {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The collector of diagnostics.otel does not take spans and metrics ("
                                + config.tracesEndpoint().getHost() + "); " + dropped.sum()
                                + " spans are lost so far. Check diagnostics.otel.endpoint and its headers; calls go on.");
            }
        }
    }

    /** Sends what is left, for as long as one attempt takes. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
