package dev.portcullis.gateway.runtime.invoke;

import java.util.Optional;

/** Where messages of a tool should go, as the caller's headers say. */
record Delivery(Optional<String> to, Optional<String> thread) {
    static Delivery of(InvocationCall call) {
        return new Delivery(call.header("x-openclaw-message-to"), call.header("x-openclaw-thread-id"));
    }
}
