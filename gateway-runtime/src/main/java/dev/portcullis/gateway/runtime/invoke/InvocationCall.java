package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.Headers;
import java.util.List;
import java.util.Optional;

/** A request as a surface hands it to the pipeline: headers first, the body only when it is asked for. */
public interface InvocationCall {
    /** The invocation's id. */
    String id();

    /** The door it came in by. */
    String surface();

    Headers headers();

    /** The first value of a header, if it says anything. */
    default Optional<String> header(String name) {
        List<String> values = headers().all(name);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.getFirst().strip()).filter(value -> !value.isEmpty());
    }

    /** W3C trace context that the caller sent; more than one counts as none. */
    default List<String> traceparent() {
        return headers().all("traceparent");
    }

    /** Who opened the connection, where a caller is authenticated once for many requests. */
    default Optional<Admitted> caller() {
        return Optional.empty();
    }

    /** A principal with no more rights than the caller asked for when it opened the connection. */
    default Principal limited(Principal principal) {
        return principal;
    }

    /**
     * Reads and parses the body, once.
     *
     * @throws Stop if it cannot be served
     */
    InvocationRequest read();

    /** Bytes of the body; 0 until it was read. */
    default long received() {
        return 0;
    }

    /** Answers the caller while the tool still runs, from another thread: it does not come back in time. */
    void answerEarly(Outcome outcome);

    /** Whether the caller has gone, and what to do when it goes. */
    Hangup hangup();
}
