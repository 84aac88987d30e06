package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.audit.AuditRecord;
import dev.portcullis.gateway.runtime.audit.LogLimit;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthDecision;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.invoke.InvocationIds;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.SnapshotSource;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All open WebSockets: who may open one, what they may ask, how they end. Safe for use by several threads. */
public final class Conversations implements AutoCloseable {
    private static final List<String> EVENTS = List.of("connect.challenge", "tick", "shutdown");
    private static final Duration GOODBYE = Duration.ofMillis(1_500);
    private static final int LOOPBACK_KEY = 256;

    /** After which a socket that has not authenticated may be closed for another one. */
    private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(1);

    private final LogLimit failures =
            new LogLimit(System.getLogger(Conversations.class.getName()), System.Logger.Level.ERROR);
    private final SnapshotSource snapshots;
    private final AuditLog audit;
    private final Facts facts;
    private final Limits limits;
    private final Methods methods = new Methods();
    private final StateMethods state;
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> strangers = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong presenceVersion = new AtomicLong();
    private volatile boolean stopping;

    public Conversations(SnapshotSource snapshots, Services services, Facts facts, Limits limits) {
        this.snapshots = snapshots;
        this.audit = services.audit();
        this.facts = facts;
        this.limits = limits;
        this.state = new StateMethods(facts, services, this::presence);
        state.addTo(methods);
        new ToolMethods(services).addTo(methods);
        new RecordMethods(facts).addTo(methods);
    }

    /**
     * Somebody asks for a connection; it must be {@link Conversation#ended() ended} whatever happens.
     *
     * @return empty if that client has too many connections that have not authenticated yet
     */
    public Optional<Conversation> open(Attribution attribution, Headers headers, Link link) {
        Conversation conversation = new Conversation(this, attribution, headers, link);
        int ofClient = strangers.merge(conversation.client(), 1, Integer::sum);
        if (ofClient > limits.strangers() && !displaceOldest(conversation.client())) {
            forget(conversation);
            return Optional.empty();
        }
        open.add(conversation);
        return Optional.of(conversation);
    }

    /** Who does not say who it is makes way for one that may. */
    private boolean displaceOldest(String client) {
        Optional<Conversation> oldest = open.stream()
                .filter(one -> one.stranger() && one.client().equals(client))
                .filter(one -> one.age().compareTo(TIME_TO_CONNECT) >= 0)
                .max(Comparator.comparing(Conversation::age));
        oldest.ifPresent(one -> {
            forget(one);
            // its client may take nothing
            Thread.ofVirtual().start(() -> one.close(CloseCode.REFUSED, "too many unauthenticated sockets"));
        });
        return oldest.isPresent();
    }

    private void forget(Conversation stranger) {
        if (stranger.forgotten()) {
            strangers.computeIfPresent(stranger.client(), (name, count) -> count > 1 ? count - 1 : null);
        }
    }

    void joined(Conversation conversation) {
        forget(conversation);
        presenceVersion.incrementAndGet();
    }

    void left(Conversation conversation) {
        if (!open.remove(conversation)) {
            return;
        }
        if (conversation.connected()) {
            presenceVersion.incrementAndGet();
        } else {
            forget(conversation);
        }
    }

    Limits limits() {
        return limits;
    }

    Snapshot snapshot() {
        return snapshots.current();
    }

    /** For as long as a request is being answered. */
    SnapshotSource.Lease lease() {
        return snapshots.lease();
    }

    void began() {
        inFlight.incrementAndGet();
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    /** Who connects, by the same chain and limiter as for HTTP. */
    Caller admit(Snapshot snapshot, ConnectRequest request, Attribution attribution, Headers sent) {
        if (stopping) {
            throw RpcException.unavailable("gateway is stopping", 500);
        }
        if (request.role().equals("node")) {
            throw RpcException.notPaired("this gateway serves operators: it has no nodes to pair");
        }
        if (!request.role().equals("operator")) {
            throw RpcException.invalid("invalid role");
        }
        if (!snapshot.authentication().admitsOrigin(attribution, sent)) {
            refused(attribution, "origin_not_allowed", 403);
            throw AuthRefusal.origin();
        }
        Headers headers =
                Caller.headers(sent, request.credential(snapshot.config().auth().mode()));
        return switch (snapshot.authentication().authenticate(attribution, headers, countedAs(attribution, sent))) {
            case Admitted admitted ->
                new Caller(Caller.limited(admitted, request), request, attribution.peerAddress(), headers);
            case AuthDecision.Refused refused -> {
                refused(attribution, refused.reason(), 401);
                throw AuthRefusal.refused(refused.reason());
            }
            case AuthDecision.LockedOut locked -> {
                refused(attribution, "rate_limited", 429);
                throw AuthRefusal.lockedOut();
            }
            case AuthDecision.Failed failed -> {
                refused(attribution, "auth_error", 500);
                failures.log(() -> "A WebSocket was not admitted: auth provider \"" + failed.provider() + "\" "
                        + failed.detail() + ". Nobody is admitted by it until it answers again.");
                throw AuthRefusal.unavailable();
            }
        };
    }

    /** A page in a local browser can guess as fast as it likes, so loopback is no excuse for it. */
    private static String countedAs(Attribution attribution, Headers sent) {
        List<String> origin = sent.all("origin");
        if (origin.isEmpty() || attribution.kind() != Attribution.Kind.DIRECT_LOCAL) {
            return attribution.client();
        }
        String page = origin.getFirst().strip();
        return "browser-origin:" + (page.length() > LOOPBACK_KEY ? page.substring(0, LOOPBACK_KEY) : page);
    }

    private void refused(Attribution attribution, String reason, int status) {
        // the audit log says so in the log, too
        audit.append(AuditRecord.notAdmitted(
                InvocationIds.next(),
                InvocationContext.WEBSOCKET,
                attribution.client(),
                attribution.peerAddress(),
                reason,
                status == 429 ? "rate_limited" : "unauthorized",
                status));
    }

    Map<String, @Nullable Object> hello(Caller caller, int protocol, String connection) {
        boolean reads = caller.admitted().principal().has(Scope.READ);
        Map<String, @Nullable Object> snapshot = new LinkedHashMap<>();
        snapshot.put("presence", reads ? presence() : List.of());
        snapshot.put("health", reads ? state.health(snapshots.current()) : Map.of("ok", true));
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("presence", presenceVersion.get());
        versions.put("health", 0L);
        snapshot.put("stateVersion", versions);
        snapshot.put("uptimeMs", facts.uptimeMs());
        snapshot.put("authMode", snapshots.current().config().auth().mode());
        Map<String, @Nullable Object> auth = new LinkedHashMap<>();
        auth.put("role", "operator");
        auth.put("scopes", Conversation.scopes(caller.admitted()));
        auth.put("method", caller.admitted().method());
        Map<String, @Nullable Object> policy = new LinkedHashMap<>();
        policy.put("maxPayload", (long) Limits.MESSAGE);
        policy.put("maxBufferedBytes", (long) Limits.BUFFERED);
        policy.put("tickIntervalMs", limits.tick().toMillis());
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("version", facts.version());
        server.put("connId", connection);
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("methods", methods.names());
        features.put("events", EVENTS);
        Map<String, @Nullable Object> hello = new LinkedHashMap<>();
        hello.put("type", "hello-ok");
        hello.put("protocol", (long) protocol);
        hello.put("server", server);
        hello.put("features", features);
        hello.put("snapshot", snapshot);
        hello.put("auth", auth);
        hello.put("policy", policy);
        return hello;
    }

    @Nullable
    Object answer(Request request) {
        if (stopping) {
            throw RpcException.unavailable("gateway is stopping", 500);
        }
        if (request.method().equals("connect")) {
            throw RpcException.invalid("connect is only valid as the first request");
        }
        Methods.Method method = methods.find(request.method())
                .orElseThrow(() -> RpcException.invalid("unknown method: " + Params.shortened(request.method())));
        if (!request.caller().admitted().principal().has(method.scope())) {
            throw RpcException.missingScope(method.scope().name());
        }
        return method.handler().answer(request);
    }

    private List<Map<String, @Nullable Object>> presence() {
        return open.stream()
                .flatMap(conversation -> conversation.presence().stream())
                .toList();
    }

    /** To be called when another configuration holds: ends connections whose credential it does not know. */
    public void authorityChanged() {
        // a client that takes nothing must not keep the others open, or the reload from ending
        open.forEach(one -> Thread.ofVirtual().start(one::checkAuthority));
    }

    /** Takes no more requests, and says so to everybody. */
    public void stopping() {
        stopping = true;
        Map<String, Object> shutdown = Map.of("reason", "gateway stopping");
        // a client that takes nothing must not keep the others from hearing it
        open.stream()
                .filter(Conversation::connected)
                .forEach(one -> Thread.ofVirtual().start(() -> one.event("shutdown", shutdown)));
    }

    /** Waits until no request is being answered, at most so long; true if none is. */
    public boolean drain(Duration limit) {
        return await(() -> inFlight.get() == 0, limit);
    }

    /** Says goodbye to everybody and waits a moment for them to go. */
    @Override
    public void close() {
        stopping = true;
        open.forEach(one -> Thread.ofVirtual().start(() -> one.close(CloseCode.RESTART, "service restart")));
        await(open::isEmpty, GOODBYE);
    }

    private static boolean await(Supplier<Boolean> condition, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > until) {
                return false;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
