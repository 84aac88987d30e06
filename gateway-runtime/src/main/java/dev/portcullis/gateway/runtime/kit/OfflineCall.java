package dev.portcullis.gateway.runtime.kit;

import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.invoke.Hangup;
import dev.portcullis.gateway.runtime.invoke.InvocationCall;
import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A request that came by no connection. */
record OfflineCall(String id, Headers headers, Supplier<InvocationRequest> body, Consumer<Outcome> early)
        implements InvocationCall {
    @Override
    public String surface() {
        return InvocationContext.HTTP;
    }

    @Override
    public InvocationRequest read() {
        return body.get();
    }

    @Override
    public void answerEarly(Outcome outcome) {
        early.accept(outcome);
    }

    @Override
    public Hangup hangup() {
        return Hangup.NEVER;
    }
}
