package dev.portcullis.gateway.runtime.telemetry;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The series of one tool, looked up once. */
final class ToolMeter {
    private static final double NANOS = 1e9;

    private final Meters meters;
    private final String tool;
    private final DistributionDataPoint seconds;

    /** By outcome: a closed set. */
    private final Map<String, CounterDataPoint> outcomes = new ConcurrentHashMap<>();

    ToolMeter(Meters meters, String tool) {
        this.meters = meters;
        this.tool = tool;
        this.seconds = meters.invocationSeconds.labelValues(tool);
    }

    void ended(String outcome, String category, long nanos) {
        CounterDataPoint known = outcomes.get(outcome);
        CounterDataPoint counter = known == null ? first(outcome, category) : known;
        counter.inc();
        seconds.observe(nanos / NANOS);
    }

    private CounterDataPoint first(String outcome, String category) {
        return outcomes.computeIfAbsent(outcome, o -> meters.invocations.labelValues(tool, o, category));
    }
}
