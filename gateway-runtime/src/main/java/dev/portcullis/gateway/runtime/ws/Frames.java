package dev.portcullis.gateway.runtime.ws;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Frames that the gateway sends. */
final class Frames {
    private Frames() {}

    static Map<String, @Nullable Object> answer(String id, @Nullable Object payload) {
        Map<String, @Nullable Object> frame = answer(id, true);
        frame.put("payload", payload);
        return frame;
    }

    static Map<String, @Nullable Object> error(String id, RpcException refused) {
        Map<String, @Nullable Object> frame = answer(id, false);
        frame.put("error", refused.shape());
        return frame;
    }

    static Map<String, @Nullable Object> event(String name, Object payload) {
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("type", "event");
        frame.put("event", name);
        frame.put("payload", payload);
        return frame;
    }

    static Map<String, @Nullable Object> event(String name, Object payload, long number) {
        Map<String, @Nullable Object> frame = event(name, payload);
        frame.put("seq", number);
        return frame;
    }

    private static Map<String, @Nullable Object> answer(String id, boolean ok) {
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("type", "res");
        frame.put("id", id);
        frame.put("ok", ok);
        return frame;
    }
}
