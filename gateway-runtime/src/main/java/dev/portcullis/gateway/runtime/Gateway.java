package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.audit.FileAuditLog;
import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.auth.UnknownAuthProviderException;
import dev.portcullis.gateway.runtime.config.ConfigLocations;
import dev.portcullis.gateway.runtime.config.DiagnosticsConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.ServerConfig;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.config.StateDirectoryException;
import dev.portcullis.gateway.runtime.config.StateLock;
import dev.portcullis.gateway.runtime.config.TlsConfig;
import dev.portcullis.gateway.runtime.http.Answers;
import dev.portcullis.gateway.runtime.http.HttpServer;
import dev.portcullis.gateway.runtime.http.Readiness;
import dev.portcullis.gateway.runtime.http.ResultBody;
import dev.portcullis.gateway.runtime.http.Router;
import dev.portcullis.gateway.runtime.invoke.InvocationPipeline;
import dev.portcullis.gateway.runtime.invoke.ToolExecutor;
import dev.portcullis.gateway.runtime.invoke.WatchReport;
import dev.portcullis.gateway.runtime.operate.GatewayIdentity;
import dev.portcullis.gateway.runtime.operate.OperatorSnapshot;
import dev.portcullis.gateway.runtime.operate.OperatorViews;
import dev.portcullis.gateway.runtime.operate.Reloads;
import dev.portcullis.gateway.runtime.operate.StartReport;
import dev.portcullis.gateway.runtime.operate.StartReporter;
import dev.portcullis.gateway.runtime.plugin.LoadedPlugin;
import dev.portcullis.gateway.runtime.plugin.PluginIdentity;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.plugin.Predecessor;
import dev.portcullis.gateway.runtime.session.SessionStoreException;
import dev.portcullis.gateway.runtime.session.SqliteSessionStore;
import dev.portcullis.gateway.runtime.telemetry.GatewayMetrics;
import dev.portcullis.gateway.runtime.telemetry.OtlpExport;
import dev.portcullis.gateway.runtime.telemetry.Vitals;
import dev.portcullis.gateway.runtime.tls.ServerTls;
import dev.portcullis.gateway.runtime.tls.TlsException;
import dev.portcullis.gateway.runtime.tls.TlsFiles;
import dev.portcullis.gateway.runtime.ws.Conversations;
import dev.portcullis.gateway.runtime.ws.Facts;
import dev.portcullis.gateway.runtime.ws.GatewayKey;
import dev.portcullis.gateway.runtime.ws.Limits;
import dev.portcullis.gateway.runtime.ws.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The composition root: starts a gateway, keeps its snapshot, stops it. */
public final class Gateway implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

    private final GatewayOptions options;
    private final Function<SocketAddress, String> peers;
    private final Closing closing = new Closing();
    private volatile @Nullable Worlds worlds;
    private final Instant startedAt = Instant.now();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final ToolExecutor executor = closing.later(new ToolExecutor());
    private Reloader reloader;
    private Conversations conversations;
    private Optional<ServerTls> tls = Optional.empty();
    private StartReport report;

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
        GatewayConfig written = source.read();
        FileWatch watch = closing.later(new FileWatch(source::files));
        StateDirectory state = openState(locator.get());
        StateLock lock = takeLock(state);
        GatewayConfig config = source.withToken(written, state);
        source.tokenFile(state).ifPresent(watch::wrote);
        SqliteSessionStore sessions = openSessions(state);
        Optional<Path> auditFile = auditFile(config, state);
        GatewayMetrics metrics = new GatewayMetrics(options.version());
        AuditLog audit = traced(
                metrics.counting(openAudit(auditFile, config.audit().maxFileBytes()), this::isTool), config, metrics);
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
                new Facts(options.version(), startedAt, key(state), state.path(), auditFile),
                Limits.of(options.environment().variables()));
        tls = openTls(config.server(), state);
        listen(
                config,
                new Router(worlds, this::readiness, draining::get, pipeline, views::answer, conversations, metrics));
        leaveWord(lock);
        metrics.watch(() -> vitals(limiter, audit));
        metrics.serving();
        worlds.onReplace(conversations::authorityChanged);
        reloader.watch(watch, closing);
        source.keepLastGood(config, state);
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

    private OperatorSnapshot forOperators() {
        Worlds serving = worlds;
        return world().forOperators(executor.report(), serving == null ? List.of() : serving.lingering());
    }

    private static StateDirectory openState(ConfigLocations locations) throws GatewayStartException {
        try {
            return StateDirectory.open(locations.stateDirectory());
        } catch (StateDirectoryException unusable) {
            throw new GatewayStartException(List.of(String.valueOf(unusable.getMessage())), true);
        }
    }

    private StateLock takeLock(StateDirectory state) throws GatewayStartException {
        try {
            return closing.later(StateLock.take(state));
        } catch (StateDirectoryException taken) {
            throw new GatewayStartException(List.of(String.valueOf(taken.getMessage())), false);
        }
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

    private SqliteSessionStore openSessions(StateDirectory state) throws GatewayStartException {
        try {
            return closing.later(SqliteSessionStore.open(state.path().resolve(SqliteSessionStore.FILE_NAME)));
        } catch (SessionStoreException unusable) {
            throw new GatewayStartException(List.of(String.valueOf(unusable.getMessage())), false);
        }
    }

    private static Optional<Path> auditFile(GatewayConfig config, StateDirectory state) {
        return config.audit().enabled()
                ? Optional.of(config.audit().file().orElse(state.path().resolve("audit.jsonl")))
                : Optional.empty();
    }

    private AuditLog openAudit(Optional<Path> file, long most) throws GatewayStartException {
        try {
            return closing.later(
                    file.<AuditLog>map(path -> FileAuditLog.open(path, most)).orElseGet(AuditLog::none));
        } catch (UncheckedIOException unwritable) {
            throw new GatewayStartException(List.of(String.valueOf(unwritable.getMessage())), true);
        }
    }

    private static GatewayKey key(StateDirectory state) throws GatewayStartException {
        try {
            return GatewayKey.openOrCreate(state.path());
        } catch (IOException unusable) {
            throw new GatewayStartException(List.of(String.valueOf(unusable.getMessage())), true);
        }
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

    /** Certificates are renewed by others, and often: their files are looked at while the gateway serves. */
    private Optional<ServerTls> openTls(ServerConfig server, StateDirectory state) throws GatewayStartException {
        if (server.tls().isEmpty()) {
            return Optional.empty();
        }
        TlsConfig wanted = server.tls().get();
        TlsFiles files = TlsFiles.of(wanted, state.path());
        try {
            FileWatch watch = closing.later(new FileWatch(files::all));
            ServerTls opened =
                    ServerTls.open(files, wanted.autoGenerate(), () -> CertificateNames.of(server, addresses(server)));
            watch.start(opened::renew);
            return Optional.of(opened);
        } catch (TlsException unusable) {
            throw new GatewayStartException(List.of(unusable.text()), true);
        }
    }

    private static List<InetAddress> addresses(ServerConfig server) {
        try {
            return BindAddresses.of(server);
        } catch (IOException unknown) {
            return List.of();
        }
    }

    private void listen(GatewayConfig config, Router router) throws GatewayStartException {
        int port = config.server().port();
        try {
            for (InetAddress address : BindAddresses.of(config.server())) {
                FreePort.await(address, port, options.environment().variables());
                servers.add(closing.later(HttpServer.start(address, port, router, peers, tls)));
                port = servers.getFirst().port();
            }
        } catch (IOException | RuntimeException unbound) {
            throw new GatewayStartException(
                    List.of("The gateway cannot listen on port " + port + " (gateway.bind: "
                            + config.server().bind().name().toLowerCase(Locale.ROOT) + "): "
                            + rootCause(unbound)),
                    false);
        }
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private World world() {
        return Objects.requireNonNull(worlds, "not started").world();
    }

    private AuditLog traced(AuditLog audit, GatewayConfig config, GatewayMetrics metrics) {
        DiagnosticsConfig.Otel otel = config.diagnostics().otel();
        return otel.enabled()
                ? closing.later(OtlpExport.start(otel, metrics, options.version()))
                        .tracing(audit)
                : audit;
    }

    private boolean isTool(String name) {
        return world().snapshot().catalog().describe(name).isPresent();
    }

    private Vitals vitals(AuthRateLimiter limiter, AuditLog audit) {
        WatchReport now = executor.report();
        AuditLog.Backlog backlog = audit.backlog();
        PluginSet plugins = world().plugins();
        return new Vitals(
                servers.stream().mapToInt(HttpServer::active).sum(),
                now.running(),
                now.runaways().stream()
                        .mapToInt(WatchReport.Runaway::invocations)
                        .sum(),
                now.extraParallelism(),
                limiter.lockouts(),
                limiter.lockedOut(),
                new Vitals.Plugins(
                        plugins.plugins().size(),
                        plugins.plugins().stream()
                                .map(LoadedPlugin::identity)
                                .collect(Collectors.toMap(
                                        plugin -> plugin.file().isPresent() ? plugin.id() : "built-in",
                                        PluginIdentity::generation,
                                        Math::max)),
                        plugins.problems().size(),
                        world().snapshot().authentication().generation(),
                        Objects.requireNonNull(worlds, "not started").alive()),
                new Vitals.Audit(backlog.waiting(), backlog.lag(), backlog.lost()));
    }

    private List<String> failing() {
        if (draining.get()) {
            return List.of(Readiness.DRAINING);
        }
        return servers.stream().allMatch(HttpServer::listening) ? List.of() : List.of(Readiness.LISTENER_CLOSED);
    }

    private Readiness readiness() {
        List<PluginProblem> problems = world().plugins().problems();
        return new Readiness(
                failing(),
                problems.stream().map(PluginProblem::plugin).distinct().toList(),
                problems.stream().map(PluginProblem::text).toList(),
                reloader.skipped(),
                Duration.between(startedAt, Instant.now()),
                options.version());
    }

    /** Where it listens: an address that a client on this machine can use. */
    public URI address() {
        HttpServer primary = servers.getFirst();
        String host = primary.host().isAnyLocalAddress()
                ? "127.0.0.1"
                : primary.host().getHostAddress();
        return URI.create((tls.isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + primary.port());
    }

    /** What there was to say when it started. */
    public StartReport report() {
        return report;
    }

    /** Reads configuration and plugins again, as their files are now; the log says how it went. */
    public void reload() {
        reloader.reload(Reloads.What.EVERYTHING, Optional.empty());
    }

    /** Waits until somebody closed it. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
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
        for (HttpServer server : servers) {
            if (!server.drain(Duration.ofNanos(Math.max(0, until - System.nanoTime())))) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Invocations were still running after " + limit.toMillis()
                                + " ms (gateway.drainTimeoutMs) and are cut off.");
            }
        }
        if (!conversations.drain(Duration.ofNanos(Math.max(0, until - System.nanoTime())))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Requests of WebSockets were still running after " + limit.toMillis()
                            + " ms (gateway.drainTimeoutMs) and are cut off.");
        }
        conversations.close();
        closing.close();
        stopped.countDown();
    }
}
