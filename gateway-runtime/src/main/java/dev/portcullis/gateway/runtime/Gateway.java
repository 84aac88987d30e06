package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.auth.UnknownAuthProviderException;
import dev.portcullis.gateway.runtime.config.ConfigLocations;
import dev.portcullis.gateway.runtime.config.DiagnosticsConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.config.StateLock;
import dev.portcullis.gateway.runtime.http.Answers;
import dev.portcullis.gateway.runtime.http.HttpServer;
import dev.portcullis.gateway.runtime.http.Readiness;
import dev.portcullis.gateway.runtime.http.ResultBody;
import dev.portcullis.gateway.runtime.http.Router;
import dev.portcullis.gateway.runtime.invoke.InvocationPipeline;
import dev.portcullis.gateway.runtime.invoke.ToolExecutor;
import dev.portcullis.gateway.runtime.operate.GatewayIdentity;
import dev.portcullis.gateway.runtime.operate.OperatorSnapshot;
import dev.portcullis.gateway.runtime.operate.OperatorViews;
import dev.portcullis.gateway.runtime.operate.Reloads;
import dev.portcullis.gateway.runtime.operate.StartReport;
import dev.portcullis.gateway.runtime.operate.StartReporter;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.plugin.Predecessor;
import dev.portcullis.gateway.runtime.session.SqliteSessionStore;
import dev.portcullis.gateway.runtime.telemetry.GatewayMetrics;
import dev.portcullis.gateway.runtime.telemetry.OtlpExport;
import dev.portcullis.gateway.runtime.tls.ServerTls;
import dev.portcullis.gateway.runtime.ws.Conversations;
import dev.portcullis.gateway.runtime.ws.Facts;
import dev.portcullis.gateway.runtime.ws.Limits;
import dev.portcullis.gateway.runtime.ws.Services;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The composition root: starts a gateway, keeps its snapshot, stops it. */
public final class Gateway implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

    private static final Duration RECORDS = Duration.ofSeconds(1);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final GatewayOptions options;
    private final Function<SocketAddress, String> peers;
    private final Closing closing = new Closing();
    private volatile @Nullable Worlds worlds;
    private final Instant startedAt = Instant.now();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean gaveUp;
    private final ToolExecutor executor = closing.later(new ToolExecutor());
    private AuditLog audit;
    private Reloader reloader;
    private Conversations conversations;
    private Listeners listeners;
    private StartReport report;

    /** Begins beside, once, what every start needs and nothing can refuse; said as soon as it is known that one follows. */
    public static void prepare() {
        SqliteSessionStore.prepare();
    }

    /**
     * Starts a gateway; when this returns it serves.
     *
     * @throws GatewayStartException with all that stands in the way; nothing stays open then
     */
    public static Gateway start(GatewayOptions options) throws GatewayStartException {
        return start(options, HttpServer::address);
    }

    /** @param peers where connections come from; tests stand for other hosts with it */
    static Gateway start(GatewayOptions options, Function<SocketAddress, String> peers) throws GatewayStartException {
        Gateway gateway = new Gateway(options, peers);
        try {
            gateway.start();
            return gateway;
        } catch (GatewayStartException | RuntimeException failed) {
            gateway.closing.close();
            throw failed;
        }
    }

    // the report is there before anybody else sees the gateway
    @SuppressWarnings("NullAway.Init")
    private Gateway(GatewayOptions options, Function<SocketAddress, String> peers) {
        this.options = options;
        this.peers = peers;
    }

    private void start() throws GatewayStartException {
        Supplier<ConfigLocations> locator =
                () -> ConfigLocations.find(options.environment(), options.config(), options.stateDir(), options.home());
        ConfigSource source = new ConfigSource(locator, options.environment());
        ConfigSource.Reading written = source.read();
        FileWatch watch = closing.later(new FileWatch(source::files));
        Foundations foundations = new Foundations(closing);
        StateDirectory state = foundations.state(locator.get());
        StateLock lock = foundations.lock(state);
        GatewayConfig config = source.withToken(written.config(), state);
        source.tokenFile(state).ifPresent(watch::wrote);
        SqliteSessionStore sessions = foundations.sessions(state);
        Optional<Path> auditFile = auditFile(config, state);
        GatewayMetrics metrics = new GatewayMetrics(options.version());
        audit = traced(metrics.counting(foundations.audit(auditFile, config.audit()), this::isTool), config, metrics);
        PluginHost plugins = new PluginHost(options, state);
        AuthRateLimiter limiter = new AuthRateLimiter(config.auth().rateLimit());
        worlds = closing.later(firstWorld(config, plugins, sessions, limiter));
        reloader = new Reloader(source, state, plugins, sessions, limiter, worlds, metrics);
        InvocationPipeline pipeline =
                new InvocationPipeline(worlds::current, executor, audit, sessions, Answers::status);
        OperatorViews views = new OperatorViews(
                new GatewayIdentity(options.version(), startedAt), this::forOperators, sessions, reloader);
        conversations = new Conversations(
                worlds,
                new Services(pipeline, views::answer, sessions, audit, ResultBody::values),
                new Facts(options.version(), startedAt, foundations.key(state), state.path(), auditFile),
                Limits.of(options.environment().variables()));
        Optional<ServerTls> tls = foundations.tls(config.server(), state);
        closing.later(this::awaitRecords);
        listeners = closing.later(new Listeners(peers, tls, this::giveUp));
        listeners.open(
                config.server(),
                options.environment().variables(),
                new Router(worlds, this::readiness, draining::get, pipeline, views::answer, conversations, metrics));
        leaveWord(lock);
        metrics.watch(new VitalSigns(worlds, executor, listeners, limiter, audit)::read);
        metrics.serving();
        worlds.onReplace(conversations::authorityChanged);
        reloader.watch(watch, closing);
        ConfigSource.keepLastGood(written, state);
        report = StartReporter.report(
                options.version(),
                new StartReport.Place(
                        address(),
                        state.path(),
                        source.tokenFile(state),
                        auditFile,
                        tls.map(known -> known.files().certificate()),
                        tls.map(known -> known.fingerprint().toString()),
                        config.server().publicOrigin()),
                forOperators());
    }

    /** Once the listeners are closed: requests that were still read are on their way to their records. */
    private void awaitRecords() {
        long until = System.nanoTime() + RECORDS.toNanos();
        while (listeners.active() > executor.occupied() && System.nanoTime() < until) {
            LockSupport.parkNanos(this, PAUSE);
        }
    }

    private OperatorSnapshot forOperators() {
        Worlds serving = worlds;
        return world().forOperators(executor.report(), serving == null ? List.of() : serving.lingering());
    }

    private void leaveWord(StateLock lock) {
        try {
            lock.listening(address());
        } catch (IOException unwritable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The lock file cannot be written (" + unwritable.getClass().getSimpleName()
                            + "): \"portcullis status\" will not know where this gateway listens. Check the disk.");
        }
    }

    private static Optional<Path> auditFile(GatewayConfig config, StateDirectory state) {
        return config.audit().enabled()
                ? Optional.of(config.audit().file().orElse(state.path().resolve("audit.jsonl")))
                : Optional.empty();
    }

    private Worlds firstWorld(
            GatewayConfig config, PluginHost host, SqliteSessionStore sessions, AuthRateLimiter limiter)
            throws GatewayStartException {
        PluginSet plugins = host.load(config, Predecessor.NONE);
        try {
            return new Worlds(World.build(config, plugins, sessions, limiter, 1), executor);
        } catch (UnknownAuthProviderException unknown) {
            plugins.close();
            throw new GatewayStartException(
                    String.valueOf(unknown.getMessage()).lines().toList(), true);
        }
    }

    private AuditLog traced(AuditLog audit, GatewayConfig config, GatewayMetrics metrics) {
        DiagnosticsConfig.Otel otel = config.diagnostics().otel();
        return otel.enabled()
                ? closing.later(OtlpExport.start(otel, metrics, options.version()))
                        .tracing(audit)
                : audit;
    }

    private World world() {
        return Objects.requireNonNull(worlds, "not started").world();
    }

    private boolean isTool(String name) {
        return world().snapshot().catalog().describe(name).isPresent();
    }

    private List<String> failing(boolean losing) {
        List<String> failing = new ArrayList<>();
        if (draining.get()) {
            failing.add(Readiness.DRAINING);
        } else if (!listeners.listening()) {
            failing.add(Readiness.LISTENER_CLOSED);
        }
        if (losing && audit.required()) {
            failing.add(Readiness.AUDIT_LOSING);
        }
        return failing;
    }

    private Readiness readiness() {
        List<PluginProblem> problems = world().plugins().problems();
        boolean losing = audit.backlog().losing();
        return new Readiness(
                failing(losing),
                losing && !audit.required() ? List.of(Readiness.AUDIT_LOSING) : List.of(),
                problems.stream().map(PluginProblem::plugin).distinct().toList(),
                problems.stream().map(PluginProblem::text).toList(),
                reloader.skipped(),
                Duration.between(startedAt, Instant.now()),
                options.version());
    }

    /** Where it listens: an address that a client on this machine can use. */
    public URI address() {
        return listeners.address();
    }

    /** What there was to say when it started. */
    public StartReport report() {
        return report;
    }

    /** Reads configuration and plugins again, as their files are now; the log says how it went. */
    public void reload() {
        reloader.reload(Reloads.What.EVERYTHING, Optional.empty());
    }

    /**
     * Waits until it is closed.
     *
     * @return whether it was asked to; false if it could not go on
     */
    public boolean awaitStop() throws InterruptedException {
        stopped.await();
        return !gaveUp;
    }

    private void giveUp() {
        gaveUp = true;
        close();
    }

    /** Refuses new requests, lets running ones end, then closes everything; once. */
    @Override
    public void close() {
        if (!draining.compareAndSet(false, true)) {
            return;
        }
        Duration limit = world().snapshot().config().server().drain();
        long until = System.nanoTime() + limit.toNanos();
        conversations.stopping();
        if (!listeners.drain(until)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Invocations were still running after " + limit.toMillis()
                            + " ms (gateway.drainTimeoutMs) and are cut off.");
        }
        if (!conversations.drain(Duration.ofNanos(Math.max(0, until - System.nanoTime())))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Requests of WebSockets were still running after " + limit.toMillis()
                            + " ms (gateway.drainTimeoutMs) and are cut off.");
        }
        // what runs on is recorded before its connection goes, and the record before the audit log is closed
        executor.cutOff();
        conversations.close();
        closing.close();
        stopped.countDown();
    }
}
