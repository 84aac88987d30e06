package dev.portcullis.gateway.runtime.ws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error. The message is for the caller. */
final class RpcException extends RuntimeException {
    static final String INVALID_REQUEST = "INVALID_REQUEST";

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient Map<String, @Nullable Object> details;
    private final int retryAfterMs;

    private RpcException(String code, String message, Map<String, @Nullable Object> details, int retryAfterMs) {
        super(message, null, false, false);
        this.code = code;
        this.details = details;
        this.retryAfterMs = retryAfterMs;
    }

    static RpcException invalid(String message) {
        return new RpcException(INVALID_REQUEST, message, Map.of(), 0);
    }

    static RpcException invalid(String message, Map<String, @Nullable Object> details) {
        return new RpcException(INVALID_REQUEST, message, details, 0);
    }

    static RpcException notPaired(String message) {
        return new RpcException("NOT_PAIRED", message, Map.of(), 0);
    }

    static RpcException missingScope(String scope) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("code", "MISSING_SCOPE");
        details.put("missingScope", scope);
        details.put("requiredScopes", List.of(scope));
        return new RpcException("FORBIDDEN", "missing scope: " + scope, details, 0);
    }

    /** @param retryAfterMs 0 if trying again is of no use */
    static RpcException unavailable(String message, int retryAfterMs) {
        return new RpcException("UNAVAILABLE", message, Map.of(), retryAfterMs);
    }

    String text() {
        return String.valueOf(getMessage());
    }

    /** As it stands in the answer. */
    Map<String, @Nullable Object> shape() {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", text());
        if (!details.isEmpty()) {
            error.put("details", details);
        }
        if (retryAfterMs > 0) {
            error.put("retryable", true);
            error.put("retryAfterMs", (long) retryAfterMs);
        }
        return error;
    }
}
