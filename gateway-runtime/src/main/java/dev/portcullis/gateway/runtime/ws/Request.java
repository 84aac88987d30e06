package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.invoke.Hangup;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request of somebody who may make it.
 *
 * @param traceparent of its frame
 * @param early answers it while it is still being served, from another thread
 */
record Request(
        String method,
        @Nullable Object sent,
        Caller caller,
        Snapshot snapshot,
        Attribution attribution,
        Hangup hangup,
        Optional<String> traceparent,
        Consumer<Supplier<Map<String, @Nullable Object>>> early) {
    /** The parameters, which must be of these names. */
    Params params(Set<String> names) {
        return Params.of("invalid " + method + " params", sent).only(names);
    }

    /** Its parameters are the caller's. */
    @Override
    public String toString() {
        return "Request[" + method + "]";
    }
}
