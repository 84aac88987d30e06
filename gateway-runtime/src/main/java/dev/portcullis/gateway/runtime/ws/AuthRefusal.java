package dev.portcullis.gateway.runtime.ws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a client is told that it is not let in. */
final class AuthRefusal {
    private static final Map<String, String> TEXTS = Map.of(
            "token_missing", "gateway token missing (provide gateway auth token)",
            "token_mismatch", "gateway token mismatch (provide gateway auth token)",
            "token_missing_config", "gateway token not configured on gateway (set gateway.auth.token)",
            "token_redacted_config", "gateway token not configured on gateway (set gateway.auth.token)",
            "password_missing", "gateway password missing (provide gateway auth password)",
            "password_mismatch", "gateway password mismatch (provide gateway auth password)",
            "password_missing_config", "gateway password not configured on gateway (set gateway.auth.password)",
            "password_redacted_config", "gateway password not configured on gateway (set gateway.auth.password)");

    private static final Set<String> CONFIGURATION = Set.of("missing_config", "redacted_config");

    private AuthRefusal() {}

    /** @param reason of a provider; one that a plugin made up is for the log alone */
    static RpcException refused(String reason) {
        String text = TEXTS.get(reason);
        if (text == null) {
            return refusal("gateway authentication failed", "AUTH_UNAUTHORIZED", null, "update_auth_credentials");
        }
        boolean configuration = CONFIGURATION.contains(reason.substring(reason.indexOf('_') + 1));
        String secret = reason.startsWith("token") ? "TOKEN" : "PASSWORD";
        String code = configuration ? "NOT_CONFIGURED" : reason.endsWith("mismatch") ? "MISMATCH" : "MISSING";
        return refusal(
                text,
                "AUTH_" + secret + "_" + code,
                reason,
                configuration ? "update_auth_configuration" : "update_auth_credentials");
    }

    static RpcException lockedOut() {
        return refusal(
                "too many failed authentication attempts (retry later)",
                "AUTH_RATE_LIMITED",
                "rate_limited",
                "wait_then_retry");
    }

    static RpcException unavailable() {
        return refusal("authentication is unavailable", "AUTH_UNAUTHORIZED", null, "review_auth_configuration");
    }

    static RpcException origin() {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("code", "CONTROL_UI_ORIGIN_NOT_ALLOWED");
        details.put("reason", "origin not allowed");
        return RpcException.invalid("origin not allowed (allow it in gateway.controlUi.allowedOrigins)", details);
    }

    private static RpcException refusal(String text, String code, @Nullable String reason, String next) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("code", code);
        if (reason != null) {
            details.put("authReason", reason);
        }
        details.put("canRetryWithDeviceToken", false);
        details.put("recommendedNextStep", next);
        return RpcException.invalid("unauthorized: " + text, details);
    }
}
