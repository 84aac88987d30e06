package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From outcomes to status and body, and the answers that need no outcome. Texts as recorded from the reference gateway. */
public final class Answers {
    static final HttpAnswer NOT_FOUND = HttpAnswer.text(404, "Not Found");
    static final HttpAnswer EXPECTATION_FAILED = HttpAnswer.empty(417);
    static final HttpAnswer BAD_UPGRADE = HttpAnswer.text(400, "Bad Request").closing();
    static final HttpAnswer BROKEN = HttpAnswer.text(500, "Internal Server Error", "Cache-Control: no-store");
    static final HttpAnswer BAD_HOST = new HttpAnswer(
            400,
            "application/json",
            "{\"error\":\"bad_request\",\"message\":\"Invalid request URL\"}".getBytes(StandardCharsets.UTF_8),
            List.of(),
            false);

    private static final HttpAnswer UNAUTHORIZED = transport(401, "unauthorized", "Unauthorized");
    private static final HttpAnswer PROXY = transport(
            403,
            "proxy_attribution_required",
            "Proxy client attribution is required. Configure gateway.trustedProxies narrowly and make the proxy"
                    + " overwrite or safely rebuild forwarded client headers.");
    private static final HttpAnswer TOO_LARGE =
            transport(413, "invalid_request_error", "Payload too large").closing();
    private static final HttpAnswer TOO_SLOW =
            transport(408, "invalid_request_error", "Request body timeout").closing();
    private static final HttpAnswer TOOL_FAILED = fixed(500, "tool_error", "tool execution failed");
    private static final HttpAnswer AUTH_FAILED = fixed(500, "auth_error", "authentication is unavailable");
    private static final HttpAnswer POLICY_FAILED = fixed(500, "policy_error", "tool policy is unavailable");
    private static final HttpAnswer OVERLOADED = fixed(
                    503, "unavailable", "Too many invocations are running; retry shortly.")
            .with("Retry-After: 1");
    private static final HttpAnswer RAN_AWAY = fixed(
                    503, "tool_error", "tool is not available: earlier invocations of it do not end")
            .with("Retry-After: 10");
    private static final HttpAnswer CUT_OFF = fixed(
                    503, "tool_error", "the gateway stopped before the tool ended; it may have done its work")
            .closing();
    private static final HttpAnswer UNRECORDABLE = fixed(
                    503, "unavailable", "the audit log takes no records, so no tool runs; retry later.")
            .with("Retry-After: 10");
    private static final HttpAnswer DRAINING = new HttpAnswer(
            503,
            HttpAnswer.JSON,
            JsonWriter.bytes(drainingBody()),
            List.of("Retry-After: 1", "Cache-Control: no-store"),
            true);

    private Answers() {}

    private static Map<String, Object> drainingBody() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", false);
        body.put("error", draining());
        return body;
    }

    /** The status alone, for audit records. 499 says that the caller left before an answer. */
    public static int status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed _ -> 200;
            case Outcome.Cancelled _ -> 499;
            default -> of(outcome).status();
        };
    }

    /** The answer to an invocation, with its id. */
    static HttpAnswer of(Outcome outcome, String invocation) {
        return outcome instanceof Outcome.Completed completed
                ? HttpAnswer.json(ResultBody.of(completed.result(), completed.size()), invocation)
                : of(outcome).of(invocation);
    }

    static HttpAnswer of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed completed ->
                HttpAnswer.json(200, ResultBody.of(completed.result(), completed.size()));
            case Outcome.ProxyUnattributed _ -> PROXY;
            case Outcome.Unauthenticated _ -> UNAUTHORIZED;
            case Outcome.LockedOut locked -> lockedOut(locked.retryAfter());
            case Outcome.AuthenticationFailed _ -> AUTH_FAILED;
            case Outcome.MissingScope missing -> missingScope(missing.scope());
            case Outcome.BodyTooLarge _ -> TOO_LARGE;
            case Outcome.BodyTimedOut _ -> TOO_SLOW;
            case Outcome.BodyMalformed malformed -> transport(400, "invalid_request_error", malformed.message());
            case Outcome.InvalidRequest invalid -> error(400, "invalid_request", invalid.message());
            case Outcome.NotAvailable absent -> error(404, "not_found", "Tool not available: " + absent.tool());
            case Outcome.PolicyFailed _ -> POLICY_FAILED;
            case Outcome.InvalidArguments invalid -> error(400, "tool_error", invalid.message());
            case Outcome.Blocked blocked -> error(403, "tool_call_blocked", blocked.message());
            case Outcome.Forbidden forbidden -> error(403, "tool_error", forbidden.message());
            case Outcome.ToolFailed _ -> TOOL_FAILED;
            case Outcome.TimedOut late ->
                error(
                        504,
                        "tool_error",
                        "tool did not finish within " + late.limit().toMillis() + " ms");
            case Outcome.Cancelled _ -> BROKEN;
            case Outcome.Overloaded _ -> OVERLOADED;
            case Outcome.RanAway _ -> RAN_AWAY;
            case Outcome.Draining _ -> DRAINING;
            case Outcome.CutOff _ -> CUT_OFF;
            case Outcome.Unrecordable _ -> UNRECORDABLE;
            case Outcome.Broken _ -> error(500, "internal_error", "internal error");
        };
    }

    static HttpAnswer methodNotAllowed(String allow) {
        return HttpAnswer.text(405, "Method Not Allowed", "Allow: " + allow);
    }

    /** An error of the transport: the reference sends it without {@code ok}, which we add. */
    private static HttpAnswer transport(int status, String type, String message) {
        return HttpAnswer.json(
                status,
                new JsonBytes(0, 160)
                        .raw("{\"ok\":false,\"error\":{\"message\":")
                        .string(message)
                        .raw(",\"type\":")
                        .string(type)
                        .raw("}}")
                        .toByteArray());
    }

    /** One that is sent many times. */
    private static HttpAnswer fixed(int status, String type, String message) {
        return HttpAnswer.json(status, body(0, type, message).toByteArray());
    }

    static HttpAnswer error(int status, String type, String message) {
        return HttpAnswer.json(status, body(HttpAnswer.ROOM, type, message));
    }

    private static JsonBytes body(int room, String type, String message) {
        return new JsonBytes(room, 160)
                .raw("{\"ok\":false,\"error\":{\"type\":")
                .string(type)
                .raw(",\"message\":")
                .string(message)
                .raw("}}");
    }

    static HttpAnswer missingScope(String scope) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("code", "MISSING_SCOPE");
        details.put("missingScope", scope);
        details.put("requiredScopes", List.of(scope));
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", "forbidden");
        error.put("message", "missing scope: " + scope);
        error.put("details", details);
        return HttpAnswer.json(403, body(error));
    }

    private static HttpAnswer lockedOut(Duration retryAfter) {
        HttpAnswer answer =
                transport(429, "rate_limited", "Too many failed authentication attempts. Please try again later.");
        long seconds = Math.ceilDiv(retryAfter.toMillis(), 1_000);
        return seconds > 0 ? answer.with("Retry-After: " + seconds) : answer;
    }

    private static Map<String, Object> draining() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", "Gateway is temporarily unavailable while suspending or restarting");
        error.put("type", "service_unavailable");
        error.put("code", "gateway_unavailable");
        return error;
    }

    private static byte[] body(Map<String, Object> error) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", false);
        body.put("error", error);
        return JsonWriter.bytes(body);
    }
}
