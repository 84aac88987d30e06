package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.telemetry.GatewayMetrics;
import dev.portcullis.gateway.runtime.telemetry.RouteMeter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Times answers by route, method and status. */
final class RequestMeters {
    /** The client left before there was one. */
    private static final int NO_ANSWER = 499;

    /** Has them all. */
    private final Map<Route, RouteMeter> meters = new EnumMap<>(Route.class);

    RequestMeters(GatewayMetrics metrics) {
        for (Route route : Route.values()) {
            meters.put(route, metrics.route(route.label()));
        }
    }

    void ended(HttpExchange exchange, long beganNanos) {
        int status = exchange.status();
        count(exchange.route(), exchange.head().method(), status == 0 ? NO_ANSWER : status, beganNanos);
    }

    /** A head that could not be read has neither method nor route. */
    void refused(int status, long beganNanos) {
        count(Route.NONE, "", status, beganNanos);
    }

    private void count(Route route, String method, int status, long beganNanos) {
        Objects.requireNonNull(meters.get(route)).answered(method, status, System.nanoTime() - beganNanos);
    }
}
