package dev.portcullis.gateway.runtime.ws;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as a client framed it; a closed object.
 *
 * @param traceparent W3C trace context of this request alone
 */
record RequestFrame(String id, String method, @Nullable Object params, Optional<String> traceparent) {
    private static final String WHAT = "invalid request frame";
    private static final int LONGEST_ID = 256;
    private static final Set<String> KEYS =
            Set.of("type", "id", "method", "params", "traceparent", "expectedProfileId");

    static RequestFrame of(@Nullable Object message) {
        if (!(message instanceof Map<?, ?> map)) {
            throw RpcException.invalid(WHAT + ": at root: must be object");
        }
        Params frame = Params.of(WHAT, map);
        if (!"req".equals(map.get("type"))) {
            throw RpcException.invalid(WHAT + ": at /type: must be equal to constant");
        }
        String id = frame.requiredText("id");
        if (id.length() > LONGEST_ID) {
            throw RpcException.invalid(WHAT + ": at /id: must NOT have more than " + LONGEST_ID + " characters");
        }
        String method = frame.requiredText("method");
        frame.only(KEYS);
        Optional<String> traceparent = frame.text("traceparent");
        frame.text("expectedProfileId");
        return new RequestFrame(id, method, map.get("params"), traceparent);
    }

    /** The id that an answer to a broken frame can carry. */
    static String idOf(@Nullable Object message) {
        return message instanceof Map<?, ?> map
                        && map.get("id") instanceof String id
                        && !id.isBlank()
                        && id.length() <= LONGEST_ID
                ? id
                : "invalid";
    }
}
