package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.invoke.InvocationPipeline;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.SnapshotSource;
import dev.portcullis.gateway.runtime.operate.OperatorAnswer;
import dev.portcullis.gateway.runtime.operate.OperatorRequest;
import dev.portcullis.gateway.runtime.telemetry.GatewayMetrics;
import dev.portcullis.gateway.runtime.ws.Conversations;
import dev.portcullis.gateway.runtime.ws.Limits;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Which request goes where, in the order that the reference gateway looks at things. Reads the snapshot once a request. */
public final class Router {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    private final SnapshotSource snapshots;
    private final Supplier<Readiness> readiness;
    private final BooleanSupplier draining;
    private final InvocationPipeline pipeline;
    private final ToolsInvokeHandler invoke;
    private final OperatorHandler operator;
    private final WsUpgrade upgrade;
    private final MetricsHandler metrics;
    private final RequestMeters meters;
    private final MessageBudget budget = MessageBudget.ofHeap(Limits.MESSAGE);

    /** @param readiness for probes; what every request needs of it is {@code draining} */
    public Router(
            SnapshotSource snapshots,
            Supplier<Readiness> readiness,
            BooleanSupplier draining,
            InvocationPipeline pipeline,
            Function<OperatorRequest, OperatorAnswer> views,
            Conversations conversations,
            GatewayMetrics metrics) {
        this(snapshots, readiness, draining, pipeline, views, conversations, metrics, ToolsInvokeHandler.BODY_TIME);
    }

    Router(
            SnapshotSource snapshots,
            Supplier<Readiness> readiness,
            BooleanSupplier draining,
            InvocationPipeline pipeline,
            Function<OperatorRequest, OperatorAnswer> views,
            Conversations conversations,
            GatewayMetrics metrics,
            Duration bodyTime) {
        this.snapshots = snapshots;
        this.readiness = readiness;
        this.draining = draining;
        this.pipeline = pipeline;
        this.invoke = new ToolsInvokeHandler(pipeline, bodyTime);
        this.operator = new OperatorHandler(pipeline, views);
        this.upgrade = new WsUpgrade(conversations);
        this.metrics = new MetricsHandler(pipeline, metrics);
        this.meters = new RequestMeters(metrics);
    }

    RequestMeters meters() {
        return meters;
    }

    /** Of all listeners together. */
    MessageBudget budget() {
        return budget;
    }

    Optional<String> strictTransportSecurity() {
        return snapshots.current().config().server().strictTransportSecurity();
    }

    /** Rises whenever plugins that served do not serve any more. */
    long epoch() {
        return snapshots.epoch();
    }

    /** Whether a peer is a trusted proxy. */
    boolean trusts(String peerAddress) {
        return snapshots.current().ingress().trusts(peerAddress);
    }

    void handle(HttpExchange exchange) {
        try (SnapshotSource.Lease lease = snapshots.lease()) {
            route(exchange, lease.snapshot());
        } catch (CloseConnectionException | DataReader.InsufficientDataAvailableException gone) {
            throw gone;
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "A request failed inside the gateway", fault);
            if (!exchange.answered()) {
                exchange.send(Answers.BROKEN.closing());
            }
        }
    }

    private void route(HttpExchange exchange, Snapshot snapshot) {
        RequestHead head = exchange.head();
        if (expectsTheImpossible(head)) {
            exchange.send(Answers.EXPECTATION_FAILED);
            return;
        }
        if (upgradesToSomethingElse(head)) {
            exchange.send(Answers.BAD_UPGRADE);
            return;
        }
        String path = head.target().path();
        Attribution attribution = snapshot.ingress().attribute(exchange.peerAddress(), head);
        if (WsUpgrade.asked(head) && snapshot.config().server().socketAt(path)) {
            exchange.goes(Route.WEBSOCKET);
            upgrade(exchange, attribution);
            return;
        }
        Route known = Route.of(path);
        exchange.goes(known);
        if (Probes.isProbe(path)) {
            exchange.send(probe(known, path, head, snapshot, attribution));
            return;
        }
        boolean invocation =
                path.equals(ToolsInvokeHandler.PATH) && head.method().equals("POST");
        if (attribution.kind() == Attribution.Kind.UNATTRIBUTABLE && !invocation) {
            exchange.send(Answers.of(new Outcome.ProxyUnattributed()));
        } else if (known == Route.NONE || (known == Route.METRICS && !MetricsHandler.serves(snapshot))) {
            exchange.send(Answers.NOT_FOUND);
        } else if (known == Route.METRICS) {
            // also while it stops: what happens then is of interest
            exchange.send(metrics.answer(exchange, snapshot, attribution));
        } else if (draining.getAsBoolean()) {
            exchange.send(Answers.of(new Outcome.Draining()));
        } else if (!HostHeader.valid(head.all("host"))) {
            exchange.send(Answers.BAD_HOST);
        } else if (path.startsWith(OperatorHandler.PREFIX)) {
            operator.handle(exchange, snapshot, attribution, path);
        } else if (invocation) {
            invoke.handle(exchange, snapshot, attribution);
        } else {
            exchange.send(Answers.methodNotAllowed("POST"));
        }
    }

    private void upgrade(HttpExchange exchange, Attribution attribution) {
        if (attribution.kind() == Attribution.Kind.UNATTRIBUTABLE) {
            exchange.send(Answers.of(new Outcome.ProxyUnattributed()));
        } else if (readiness.get().failing().contains(Readiness.DRAINING)) {
            exchange.send(Answers.of(new Outcome.Draining()));
        } else if (!HostHeader.valid(exchange.head().all("host"))) {
            exchange.send(Answers.BAD_HOST);
        } else {
            upgrade.handle(exchange, attribution);
        }
    }

    private HttpAnswer probe(Route route, String path, RequestHead head, Snapshot snapshot, Attribution attribution) {
        // a probe of life has one answer for all: whoever asks, and with whatever credential, is not looked at
        Probes.Audience audience =
                route == Route.HEALTH ? Probes.Audience.ANYBODY : audience(head, snapshot, attribution);
        return Probes.answer(path, head.method(), readiness.get(), audience).orElse(Answers.NOT_FOUND);
    }

    private Probes.Audience audience(RequestHead head, Snapshot snapshot, Attribution attribution) {
        Probes.Audience unknown = snapshot.authentication().trustsLocal(attribution, head)
                ? Probes.Audience.NEAR
                : Probes.Audience.ANYBODY;
        if (head.all("authorization").isEmpty() || attribution.kind() == Attribution.Kind.UNATTRIBUTABLE) {
            return unknown;
        }
        return pipeline.glance(snapshot, attribution, head, "probe")
                .filter(admitted -> !admitted.ambient())
                .map(admitted -> admitted.principal().has(Scope.READ) ? Probes.Audience.OPERATOR : Probes.Audience.NEAR)
                .orElse(unknown);
    }

    private static boolean expectsTheImpossible(RequestHead head) {
        List<String> expectations = head.all("expect");
        return !expectations.isEmpty()
                && !expectations.stream().allMatch(value -> value.strip().equalsIgnoreCase("100-continue"));
    }

    private static boolean upgradesToSomethingElse(RequestHead head) {
        return head.fields().has("upgrade")
                && !head.all("upgrade").stream().allMatch(value -> value.strip().equalsIgnoreCase("websocket"));
    }
}
