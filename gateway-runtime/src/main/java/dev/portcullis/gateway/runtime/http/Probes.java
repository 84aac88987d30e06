package dev.portcullis.gateway.runtime.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The probe routes: for whoever asks, before anything else is looked at. */
final class Probes {
    private static final String NO_STORE = "Cache-Control: no-store";
    private static final HttpAnswer LIVE = HttpAnswer.json(
            200, "{\"ok\":true,\"status\":\"live\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8), NO_STORE);

    /** Who asks. */
    enum Audience {
        /** Learns yes or no. */
        ANYBODY,
        /** On the machine itself, or with a credential. */
        NEAR,
        /** With a credential that may read what operators read: paths, and what plugins said when they failed. */
        OPERATOR
    }

    private Probes() {}

    /**
     * Answers a probe.
     *
     * @param audience how much the caller may know
     * @return empty if the path is none
     */
    static Optional<HttpAnswer> answer(String path, String method, Readiness readiness, Audience audience) {
        boolean detailed = audience != Audience.ANYBODY;
        return switch (path) {
            case "/health", "/healthz" -> Optional.of(checked(method, LIVE));
            case "/ready", "/readyz" -> Optional.of(checked(method, ready(readiness, audience)));
            case "/startup", "/startupz" -> Optional.of(checked(method, started(readiness, detailed)));
            default -> Optional.empty();
        };
    }

    private static HttpAnswer checked(String method, HttpAnswer answer) {
        return method.equals("GET") || method.equals("HEAD") ? answer : Answers.methodNotAllowed("GET, HEAD");
    }

    private static HttpAnswer ready(Readiness readiness, Audience audience) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ready", readiness.ready());
        if (audience != Audience.ANYBODY) {
            body.put("failing", readiness.failing());
            body.put("uptimeMs", readiness.uptime().toMillis());
            body.put("eventLoop", SchedulerDelay.measure());
            if (!readiness.degraded().isEmpty()) {
                body.put("degraded", readiness.degraded());
            }
            if (!readiness.quarantined().isEmpty()) {
                body.put("quarantined", readiness.quarantined());
            }
            if (audience == Audience.OPERATOR && !readiness.problems().isEmpty()) {
                body.put("problems", readiness.problems());
            }
            if (!readiness.skipped().isEmpty()) {
                body.put("skipped", readiness.skipped());
            }
        }
        return HttpAnswer.json(readiness.ready() ? 200 : 503, JsonWriter.bytes(body), NO_STORE);
    }

    private static HttpAnswer started(Readiness readiness, boolean detailed) {
        boolean draining = readiness.failing().contains(Readiness.DRAINING);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", !draining);
        body.put("status", draining ? "draining" : "started");
        if (detailed) {
            body.put("version", readiness.version());
            body.put("uptimeMs", readiness.uptime().toMillis());
        }
        return HttpAnswer.json(draining ? 503 : 200, JsonWriter.bytes(body), NO_STORE);
    }

    /** Whether a path is a probe, so that nothing needs to be worked out for others. */
    static boolean isProbe(String path) {
        return switch (Route.of(path)) {
            case HEALTH, READY, STARTUP -> true;
            default -> false;
        };
    }
}
