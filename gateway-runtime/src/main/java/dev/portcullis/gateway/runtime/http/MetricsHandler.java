package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthDecision;
import dev.portcullis.gateway.runtime.invoke.InvocationPipeline;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.telemetry.GatewayMetrics;
import dev.portcullis.gateway.runtime.telemetry.MetricsPage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET /metrics}: for whoever may read, and for callers on the machine itself where that is allowed. */
final class MetricsHandler {
    static final String PATH = "/metrics";

    private final InvocationPipeline pipeline;
    private final GatewayMetrics metrics;

    MetricsHandler(InvocationPipeline pipeline, GatewayMetrics metrics) {
        this.pipeline = pipeline;
        this.metrics = metrics;
    }

    static boolean serves(Snapshot snapshot) {
        return snapshot.config().diagnostics().metrics().enabled();
    }

    HttpAnswer answer(HttpExchange exchange, Snapshot snapshot, Attribution attribution) {
        String method = exchange.head().method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answers.methodNotAllowed("GET, HEAD");
        }
        if (snapshot.config().diagnostics().metrics().openToLoopback()
                && snapshot.authentication().trustsLocal(attribution, exchange.head())) {
            return page(exchange);
        }
        return switch (pipeline.authenticate(snapshot, attribution, exchange.head(), "metrics")) {
            case AuthDecision.Admitted admitted -> {
                exchange.connection().admit();
                yield admitted.principal().has(Scope.READ) ? page(exchange) : Answers.missingScope(Scope.READ.name());
            }
            case AuthDecision.Refused _ -> Answers.of(new Outcome.Unauthenticated());
            case AuthDecision.LockedOut locked -> Answers.of(new Outcome.LockedOut(locked.retryAfter()));
            case AuthDecision.Failed _ -> Answers.of(new Outcome.AuthenticationFailed());
        };
    }

    private HttpAnswer page(HttpExchange exchange) {
        MetricsPage page = metrics.page(String.join(",", exchange.head().all("accept")));
        return new HttpAnswer(
                200,
                page.contentType(),
                page.text().getBytes(StandardCharsets.UTF_8),
                List.of("Cache-Control: no-store"),
                false);
    }
}
