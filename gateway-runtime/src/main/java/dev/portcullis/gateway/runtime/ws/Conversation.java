package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.config.Addresses;
import dev.portcullis.gateway.runtime.invoke.Hangup;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.SnapshotSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: challenge, {@code connect}, then requests and answers until somebody leaves. What comes in is
 * given to it by one thread; requests are answered on threads of their own.
 */
public final class Conversation {
    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());
    private static final String AUTH_CHANGED = "gateway auth changed";

    private final String id = UUID.randomUUID().toString();
    private final Instant since = Instant.now();
    private final Conversations all;
    private final Attribution attribution;
    private final String client;
    private final long began = System.nanoTime();
    private final AtomicBoolean counted = new AtomicBoolean(true);
    private final Headers headers;
    private final Link link;
    private final Semaphore room = new Semaphore(Limits.IN_FLIGHT);
    private final AtomicLong events = new AtomicLong();
    private final Set<RequestHangup> answering = ConcurrentHashMap.newKeySet();
    private volatile boolean gone;
    private volatile @Nullable Caller caller;
    private volatile @Nullable Thread ticker;

    Conversation(Conversations all, Attribution attribution, Headers headers, Link link) {
        this.all = all;
        this.attribution = attribution;
        this.client = Addresses.subscriber(attribution.client());
        this.headers = headers;
        this.link = link;
    }

    /** Begins it. */
    public void begin() {
        Map<String, Object> challenge = new LinkedHashMap<>();
        challenge.put("nonce", UUID.randomUUID().toString());
        challenge.put("ts", System.currentTimeMillis());
        link.send(Frames.event("connect.challenge", challenge));
    }

    /** Whether the client has authenticated. */
    public boolean connected() {
        return caller != null;
    }

    /** How many bytes the next message may have. */
    public int largestMessage() {
        return connected() ? Limits.MESSAGE : Limits.STRANGERS_MESSAGE;
    }

    /** How long a client may take to authenticate. */
    public Duration handshakeTime() {
        return all.limits().handshake();
    }

    /** A message that is no JSON. */
    public void receivedNoJson() {
        if (connected()) {
            link.send(Frames.error("invalid", RpcException.invalid("invalid request frame: must be JSON")));
        } else {
            link.close(CloseCode.REFUSED, "invalid request frame");
        }
    }

    /**
     * A message, as plain values.
     *
     * @param done run when it is not needed any more, once, by any thread
     */
    public void received(@Nullable Object message, Runnable done) {
        Caller known = caller;
        boolean later = false;
        try {
            if (known == null) {
                connect(message);
            } else {
                later = serve(message, known, done);
            }
        } finally {
            if (!later) {
                done.run();
            }
        }
    }

    /** On whose account its messages are; empty as long as it has not authenticated. */
    public Optional<String> owner() {
        Caller known = caller;
        return known == null
                ? Optional.empty()
                : Optional.of(known.admitted().principal().name());
    }

    private void connect(@Nullable Object message) {
        RequestFrame frame;
        try {
            frame = RequestFrame.of(message);
        } catch (RpcException broken) {
            link.close(CloseCode.REFUSED, "invalid request frame");
            return;
        }
        try {
            if (!frame.method().equals("connect")) {
                throw RpcException.invalid("invalid handshake: first request must be connect");
            }
            ConnectRequest request = ConnectRequest.of(frame.params());
            Optional<Integer> protocol = request.agreed();
            if (protocol.isEmpty()) {
                link.send(Frames.error(frame.id(), mismatch(request)));
                link.close(CloseCode.PROTOCOL_ERROR, "protocol mismatch");
                return;
            }
            Caller known;
            try (SnapshotSource.Lease lease = all.lease()) {
                known = all.admit(lease.snapshot(), request, attribution, headers);
            }
            Map<String, @Nullable Object> hello = all.hello(known, protocol.get(), id);
            caller = known;
            all.joined(this);
            // who has read it may open another connection at once
            link.send(Frames.answer(frame.id(), hello));
            ticker = thread("ws-tick", this::tick);
        } catch (RpcException refused) {
            link.send(Frames.error(frame.id(), refused));
            link.close(CloseCode.REFUSED, refused.text());
        }
    }

    private static RpcException mismatch(ConnectRequest request) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("code", "PROTOCOL_MISMATCH");
        details.put("clientMinProtocol", (long) request.minProtocol());
        details.put("clientMaxProtocol", (long) request.maxProtocol());
        details.put("expectedProtocol", (long) ConnectRequest.PROTOCOL);
        details.put("minimumProbeProtocol", (long) ConnectRequest.OLDEST_OF_PROBES);
        return RpcException.invalid("protocol mismatch", details);
    }

    /** True if it is answered on another thread, which says when it is done. */
    private boolean serve(@Nullable Object message, Caller known, Runnable done) {
        RequestFrame frame;
        try {
            frame = RequestFrame.of(message);
        } catch (RpcException broken) {
            link.send(Frames.error(RequestFrame.idOf(message), broken));
            return false;
        }
        if (!room.tryAcquire()) {
            link.send(Frames.error(
                    frame.id(),
                    RpcException.unavailable(
                            "more than " + Limits.IN_FLIGHT + " requests of this connection are running", 1_000)));
            return false;
        }
        SnapshotSource.Lease lease = all.lease();
        Optional<Caller> current = known.under(lease.snapshot());
        if (current.isEmpty()) {
            room.release();
            lease.close();
            authChanged();
            return false;
        }
        caller = current.get();
        all.began();
        thread("ws-request", () -> {
            try (lease) {
                answer(frame, current.get(), lease.snapshot());
            } finally {
                done.run();
                room.release();
                all.ended();
            }
        });
        return true;
    }

    /** One that has no thread-locals, which may keep a plugin in memory, from another. */
    private static Thread thread(String name, Runnable work) {
        return Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .start(work);
    }

    private void answer(RequestFrame frame, Caller known, Snapshot snapshot) {
        RequestHangup hangup = new RequestHangup();
        answering.add(hangup);
        if (gone) {
            hangup.happen();
        }
        try {
            answer(frame, known, snapshot, hangup);
        } finally {
            answering.remove(hangup);
        }
    }

    private void answer(RequestFrame frame, Caller known, Snapshot snapshot, Hangup hangup) {
        AtomicBoolean answered = new AtomicBoolean();
        Request request = new Request(
                frame.method(),
                frame.params(),
                known,
                snapshot,
                attribution,
                hangup,
                frame.traceparent(),
                payload -> answerOnce(frame.id(), answered, payload::get));
        answerOnce(frame.id(), answered, () -> all.answer(request));
    }

    private void answerOnce(String requestId, AtomicBoolean answered, Supplier<@Nullable Object> payload) {
        Map<String, @Nullable Object> answer;
        try {
            answer = Frames.answer(requestId, payload.get());
        } catch (RpcException refused) {
            answer = Frames.error(requestId, refused);
        } catch (AuthChangedException changed) {
            authChanged();
            return;
        } catch (RuntimeException | Error fault) {
            // an Error of one request is that request's: the gateway goes on serving the others
            LOG.log(System.Logger.Level.ERROR, "A request of a WebSocket failed inside the gateway", fault);
            answer = Frames.error(requestId, RpcException.unavailable("internal error", 0));
        }
        if (answered.compareAndSet(false, true)) {
            link.send(answer);
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(all.limits().tick());
                checkAuthority();
                event("tick", Map.of("ts", System.currentTimeMillis()));
            }
        } catch (InterruptedException end) {
            // the client has gone
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.DEBUG, "A WebSocket gets no more ticks", broken);
        }
    }

    /** Ends the connection if what its client authenticated with does not hold any more. */
    void checkAuthority() {
        Caller known = caller;
        if (known != null) {
            Optional<Caller> current = known.under(all.snapshot());
            if (current.isEmpty()) {
                authChanged();
            } else {
                caller = current.get();
            }
        }
    }

    private void authChanged() {
        link.close(CloseCode.AUTH_CHANGED, AUTH_CHANGED);
    }

    void event(String name, Object payload) {
        // numbered and sent as one step, or a client would see a gap
        synchronized (events) {
            link.send(Frames.event(name, payload, events.incrementAndGet()));
        }
    }

    void close(int code, String reason) {
        link.close(code, reason);
    }

    /** The connection has ended, for whatever reason. */
    public void ended() {
        gone = true;
        answering.forEach(RequestHangup::happen);
        Thread running = ticker;
        if (running != null) {
            running.interrupt();
        }
        all.left(this);
    }

    /** The client, as sockets are counted: behind a proxy the one that it speaks for. */
    public String client() {
        return client;
    }

    /** Whether it counts as one that has not authenticated. */
    boolean stranger() {
        return counted.get();
    }

    /** True once: it does not count as one any more. */
    boolean forgotten() {
        return counted.compareAndSet(true, false);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** How others see it; empty as long as it has not authenticated. */
    Optional<Map<String, @Nullable Object>> presence() {
        Caller known = caller;
        if (known == null) {
            return Optional.empty();
        }
        ConnectRequest.Client program = known.connect().client();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("host", program.displayName().orElse(program.id()));
        shown.put("ip", attribution.client());
        shown.put("version", program.version());
        shown.put("platform", program.platform());
        program.deviceFamily().ifPresent(family -> shown.put("deviceFamily", family));
        shown.put("mode", program.mode());
        shown.put("reason", "connect");
        program.instanceId().ifPresent(instance -> shown.put("instanceId", instance));
        shown.put("roles", List.of("operator"));
        shown.put("scopes", scopes(known.admitted()));
        shown.put("text", "Client: " + program.id() + " " + program.version() + " · mode " + program.mode());
        shown.put("ts", since.toEpochMilli());
        return Optional.of(shown);
    }

    static List<String> scopes(Admitted admitted) {
        return admitted.principal().scopes().stream().map(Scope::name).sorted().toList();
    }
}
