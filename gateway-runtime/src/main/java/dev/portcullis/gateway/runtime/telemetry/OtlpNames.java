package dev.portcullis.gateway.runtime.telemetry;

import java.util.Map;

/**
 * Names that go to a collector, all of them: the semantic conventions of OpenTelemetry for generative AI and for HTTP where they
 * have one, else ours.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">Spans of generative AI</a>
 */
final class OtlpNames {
    static final String SCOPE = "dev.portcullis.gateway";
    static final String SERVICE_NAME = "service.name";
    static final String SERVICE_VERSION = "service.version";

    static final String OPERATION = "gen_ai.operation.name";
    static final String EXECUTE_TOOL = "execute_tool";
    static final String TOOL_NAME = "gen_ai.tool.name";
    static final String TOOL_TYPE = "gen_ai.tool.type";
    static final String TOOL_CALL_ID = "gen_ai.tool.call.id";
    static final String ERROR_TYPE = "error.type";
    static final String STATUS_CODE = "http.response.status_code";

    static final String OUTCOME = "portcullis.outcome";
    static final String DECISION = "portcullis.policy.decision";
    static final String LABEL = "portcullis.policy.label";
    static final String PLUGIN = "portcullis.plugin";
    static final String SURFACE = "portcullis.surface";

    /** Spans below that of an invocation. */
    static final String AUTHENTICATE = "portcullis.authenticate";

    static final String DECIDE = "portcullis.decide";
    static final String RUN = "portcullis.run";

    /** Metrics that the conventions name; the others keep the names of the page. */
    private static final Map<String, String> METRICS = Map.of(
            "http_server_request_duration_seconds", "http.server.request.duration",
            "http_server_active_requests", "http.server.active_requests");

    private static final Map<String, String> LABELS = Map.of(
            "http_route",
            "http.route",
            "http_request_method",
            "http.request.method",
            "http_response_status_code",
            STATUS_CODE,
            "tool",
            TOOL_NAME);

    private OtlpNames() {}

    static String metric(String name) {
        return METRICS.getOrDefault(name, name);
    }

    static String label(String name) {
        return LABELS.getOrDefault(name, name);
    }
}
