package dev.portcullis.gateway.runtime.operate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is told, as plain values; for the HTTP routes, which turn it into status and JSON.
 *
 * @param body an object
 */
public record OperatorAnswer(Status status, Map<String, @Nullable Object> body) {
    /** How it went. */
    public enum Status {
        OK,
        CREATED,
        INVALID,
        FORBIDDEN,
        UNKNOWN,
        /** The view exists, but can only be read. */
        READ_ONLY,
        FAILED
    }

    static OperatorAnswer ok(Map<String, @Nullable Object> body) {
        return new OperatorAnswer(Status.OK, body);
    }

    static OperatorAnswer error(Status status, String type, String message) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("type", type);
        error.put("message", message);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("ok", false);
        body.put("error", error);
        return new OperatorAnswer(status, body);
    }
}
