package dev.portcullis.gateway.runtime.telemetry;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The series of one route of the HTTP server, each looked up once. Safe for use by several threads. */
public final class RouteMeter {
    private static final double NANOS = 1e9;

    /** The conventions' word for what a client made up. */
    private static final String OTHER = "_OTHER";

    private static final List<String> METHODS =
            List.of("POST", "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "TRACE", OTHER);
    private static final int STATUSES = 600;

    private final Meters meters;
    private final String route;
    private final AtomicReferenceArray<DistributionDataPoint> series =
            new AtomicReferenceArray<>(METHODS.size() * STATUSES);

    RouteMeter(Meters meters, String route) {
        this.meters = meters;
        this.route = route;
    }

    /**
     * Counts an answer.
     *
     * @param status 499 if the client left before there was one
     */
    public void answered(String method, int status, long nanos) {
        int known = METHODS.indexOf(method);
        int row = known < 0 ? METHODS.size() - 1 : known;
        int index = row * STATUSES + status;
        DistributionDataPoint point = series.get(index);
        if (point == null) {
            point = meters.requests.labelValues(route, METHODS.get(row), String.valueOf(status));
            series.set(index, point);
        }
        point.observe(nanos / NANOS);
    }
}
