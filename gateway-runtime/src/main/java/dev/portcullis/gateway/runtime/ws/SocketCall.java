package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.invoke.Hangup;
import dev.portcullis.gateway.runtime.invoke.InvocationCall;
import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An invocation that came in by a WebSocket: its caller is known, its body is there.
 *
 * @param traced {@code traceparent} of its frame
 */
record SocketCall(
        String id,
        Caller known,
        InvocationRequest request,
        Optional<String> traced,
        Hangup hangup,
        Consumer<Outcome> early)
        implements InvocationCall {
    @Override
    public String surface() {
        return InvocationContext.WEBSOCKET;
    }

    @Override
    public Headers headers() {
        return known.headers();
    }

    /** The frame knows better than the upgrade, which is for all that is asked on the connection. */
    @Override
    public List<String> traceparent() {
        return traced.map(List::of).orElseGet(() -> headers().all("traceparent"));
    }

    @Override
    public Optional<Admitted> caller() {
        return Optional.of(known.admitted());
    }

    @Override
    public Principal limited(Principal principal) {
        return known.connect().limited(principal);
    }

    @Override
    public InvocationRequest read() {
        return request;
    }

    @Override
    public void answerEarly(Outcome outcome) {
        early.accept(outcome);
    }

    /** Its arguments are the caller's. */
    @Override
    public String toString() {
        return "SocketCall[" + id + "]";
    }
}
