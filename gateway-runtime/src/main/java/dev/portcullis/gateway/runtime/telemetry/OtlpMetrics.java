package dev.portcullis.gateway.runtime.telemetry;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The metrics of the page in OTLP's form.
 *
 * @param since when counting began
 */
record OtlpMetrics(Instant since, Instant now) {
    private static final int CUMULATIVE = 2;

    List<Map<String, Object>> values(MetricSnapshots snapshots) {
        List<Map<String, Object>> metrics = new ArrayList<>();
        for (MetricSnapshot snapshot : snapshots) {
            switch (snapshot) {
                case CounterSnapshot counter -> metrics.add(counter(counter));
                case GaugeSnapshot gauge -> metrics.add(gauge(gauge));
                case HistogramSnapshot histogram -> metrics.add(histogram(histogram));
                // the machine's summaries and infos have no form that collectors agree on
                default -> {}
            }
        }
        return metrics;
    }

    private Map<String, Object> counter(CounterSnapshot snapshot) {
        Map<String, Object> sum = new LinkedHashMap<>();
        sum.put("aggregationTemporality", CUMULATIVE);
        sum.put("isMonotonic", true);
        sum.put("dataPoints", points(snapshot.getDataPoints(), point -> Map.of("asDouble", point.getValue())));
        return metric(snapshot, "sum", sum);
    }

    private Map<String, Object> gauge(GaugeSnapshot snapshot) {
        return metric(
                snapshot,
                "gauge",
                Map.of("dataPoints", points(snapshot.getDataPoints(), point -> Map.of("asDouble", point.getValue()))));
    }

    private Map<String, Object> histogram(HistogramSnapshot snapshot) {
        Map<String, Object> histogram = new LinkedHashMap<>();
        histogram.put("aggregationTemporality", CUMULATIVE);
        histogram.put("dataPoints", points(snapshot.getDataPoints(), OtlpMetrics::distribution));
        return metric(snapshot, "histogram", histogram);
    }

    private static Map<String, Object> distribution(HistogramSnapshot.HistogramDataPointSnapshot point) {
        List<Object> counts = new ArrayList<>();
        List<Object> bounds = new ArrayList<>();
        long all = 0;
        for (ClassicHistogramBucket bucket : point.getClassicBuckets()) {
            counts.add(String.valueOf(bucket.getCount()));
            all += bucket.getCount();
            if (!Double.isInfinite(bucket.getUpperBound())) {
                bounds.add(bucket.getUpperBound());
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", String.valueOf(all));
        values.put("sum", point.getSum());
        values.put("bucketCounts", counts);
        values.put("explicitBounds", bounds);
        return values;
    }

    private static Map<String, Object> metric(MetricSnapshot snapshot, String kind, Map<String, Object> data) {
        String name = snapshot.getMetadata().getPrometheusName();
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("name", OtlpNames.metric(name));
        metric.put("description", snapshot.getMetadata().getHelp());
        metric.put("unit", name.endsWith("_seconds") ? "s" : name.endsWith("_bytes") ? "By" : "1");
        metric.put(kind, data);
        return metric;
    }

    private <P extends DataPointSnapshot> List<Map<String, Object>> points(
            List<P> snapshots, Function<P, Map<String, Object>> values) {
        List<Map<String, Object>> points = new ArrayList<>();
        for (P snapshot : snapshots) {
            Map<String, String> labels = new LinkedHashMap<>();
            for (Label label : snapshot.getLabels()) {
                labels.put(OtlpNames.label(label.getName()), label.getValue());
            }
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("attributes", OtlpText.attributes(labels));
            point.put("startTimeUnixNano", OtlpText.nanos(since));
            point.put("timeUnixNano", OtlpText.nanos(now));
            point.putAll(values.apply(snapshot));
            points.add(point);
        }
        return points;
    }
}
