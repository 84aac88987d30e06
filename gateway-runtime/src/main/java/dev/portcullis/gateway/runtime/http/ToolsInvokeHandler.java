package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.invoke.Hangup;
import dev.portcullis.gateway.runtime.invoke.InvocationCall;
import dev.portcullis.gateway.runtime.invoke.InvocationIds;
import dev.portcullis.gateway.runtime.invoke.InvocationPipeline;
import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.Stop;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.time.Duration;

/** {@code POST /tools/invoke}. */
final class ToolsInvokeHandler {
    static final String PATH = "/tools/invoke";

    /** The reference gateway's bounds. */
    static final int LARGEST_BODY = 2 * 1024 * 1024;

    static final Duration BODY_TIME = Duration.ofSeconds(30);

    private final InvocationPipeline pipeline;
    private final Duration bodyTime;

    ToolsInvokeHandler(InvocationPipeline pipeline, Duration bodyTime) {
        this.pipeline = pipeline;
        this.bodyTime = bodyTime;
    }

    void handle(HttpExchange exchange, Snapshot snapshot, Attribution attribution) {
        String id = InvocationIds.next();
        Outcome outcome = pipeline.invoke(snapshot, attribution, new Call(id, exchange, bodyTime));
        if (!(outcome instanceof Outcome.Cancelled)) {
            exchange.send(Answers.of(outcome, id));
        }
    }

    private record Call(String id, HttpExchange exchange, Duration bodyTime) implements InvocationCall {
        @Override
        public String surface() {
            return InvocationContext.HTTP;
        }

        @Override
        public Headers headers() {
            return exchange.head();
        }

        @Override
        public InvocationRequest read() {
            // whoever is not admitted does not come this far
            exchange.connection().admit();
            try {
                return InvocationBody.parse(exchange.body(LARGEST_BODY, bodyTime));
            } catch (BodyFailure failure) {
                throw new Stop(failure.outcome());
            }
        }

        @Override
        public long received() {
            return exchange.received();
        }

        @Override
        public void answerEarly(Outcome outcome) {
            if (!(outcome instanceof Outcome.Cancelled)) {
                exchange.sendEarly(Answers.of(outcome, id));
            }
        }

        @Override
        public Hangup hangup() {
            return exchange;
        }
    }
}
