package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.tls.ServerTls;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The listener: Helidon's, with our own connection on it. */
public final class HttpServer implements AutoCloseable {
    private static final Duration CALLERS_STAY = Duration.ofSeconds(1);
    private static final long COARSE = Duration.ofMillis(50).toNanos();

    private final InetAddress host;
    private final WebServer server;
    private final AcceptingThread accepting = new AcceptingThread();
    private final AcceptedChannels channels = new AcceptedChannels();
    private final ConnectionWatcher watcher;
    private final ConnectionLimits limits;
    private final Handshakes handshakes;
    private final Places places;
    private final Predicate<String> trusts;
    private final MessageBudget budget;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile long callerAt = System.nanoTime() - CALLERS_STAY.toNanos();
    private final Function<SocketAddress, String> peers;
    private final Consumer<HttpExchange> handler;
    private final RequestMeters meters;
    private final Supplier<Optional<String>> hsts;
    private final LongSupplier epoch;
    private final Optional<ServerTls> tls;

    private HttpServer(
            InetAddress host,
            int port,
            Router router,
            Function<SocketAddress, String> peers,
            ConnectionLimits limits,
            Optional<ServerTls> tls) {
        this.host = host;
        this.tls = tls;
        this.peers = peers;
        this.limits = limits;
        this.handshakes = new Handshakes(limits.handshakes());
        this.places = new Places(limits);
        this.trusts = router::trusts;
        this.budget = router.budget();
        this.watcher = new ConnectionWatcher(limits.writeTime());
        this.handler = router::handle;
        this.meters = router.meters();
        this.hsts = router::strictTransportSecurity;
        this.epoch = router::epoch;
        this.server = accepting.build(() -> WithoutServices.build(services -> WebServer.builder()
                .address(host)
                .port(port)
                .maxTcpConnections(limits.connections())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(1))
                .connectionOptions(channels)
                .serviceRegistry(services)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .addConnectionSelector(new Selector())
                .routing(HttpRouting.builder())
                .build()));
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for a free one
     * @param peers what the other end of a connection is called; {@link #address} outside of tests
     * @param tls empty to listen in plain text
     * @throws RuntimeException if the address cannot be bound
     */
    public static HttpServer start(
            InetAddress host, int port, Router router, Function<SocketAddress, String> peers, Optional<ServerTls> tls) {
        return start(host, port, router, peers, ConnectionLimits.standard(), tls);
    }

    static HttpServer start(
            InetAddress host,
            int port,
            Router router,
            Function<SocketAddress, String> peers,
            ConnectionLimits limits,
            Optional<ServerTls> tls) {
        HttpServer server = new HttpServer(host, port, router, peers, limits, tls);
        server.watcher.start();
        try {
            server.server.start();
            // a listener that cannot be bound is logged by the server, not thrown
            if (!server.server.isRunning()) {
                throw new IllegalStateException(host.getHostAddress() + ":" + port
                        + " is in use or not allowed. Choose another port with --port or gateway.port.");
            }
            server.accepting.find();
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
        return server;
    }

    /** The address it was told to listen on. */
    public InetAddress host() {
        return host;
    }

    /**
     * Whether a connection to this address of the machine was meant to be taken. The JDK listens on IPv6 too where it is told to
     * listen on all addresses of IPv4, and nobody asked for that.
     */
    boolean meant(SocketAddress local) {
        boolean everywhere = host instanceof Inet4Address && host.isAnyLocalAddress();
        return !everywhere || !(local instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address);
    }

    /** Whether connections are still accepted; false without {@link #close()} if something ended the thread that does it. */
    public boolean listening() {
        return server.isRunning() && accepting.accepts();
    }

    public int port() {
        return server.port();
    }

    /** Waits until no request is in flight, at most so long; true if none is. */
    public boolean drain(Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        while (inFlight.get() > 0) {
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

    /** Stops listening and ends every connection. */
    @Override
    public void close() {
        server.stop();
        watcher.close();
    }

    long epoch() {
        return epoch.getAsLong();
    }

    Consumer<HttpExchange> handler() {
        return handler;
    }

    ConnectionLimits limits() {
        return limits;
    }

    ConnectionWatcher watcher() {
        return watcher;
    }

    Optional<SocketChannel> claim(SocketAddress remote) {
        return channels.claim(remote);
    }

    /** The same connection under TLS; empty if this listener speaks plain text. */
    Optional<TlsChannel> encrypted(HelidonSocket plain, Optional<SocketChannel> channel) {
        return tls.map(known -> new TlsChannel(
                plain,
                channel.orElseThrow(() -> new CloseConnectionException("a connection without its channel")),
                known,
                this));
    }

    Handshakes handshakes() {
        return handshakes;
    }

    MessageBudget budget() {
        return budget;
    }

    Places places() {
        return places;
    }

    /** Whether a peer is a proxy that stands for many clients. */
    boolean trusts(String peer) {
        return trusts.test(peer);
    }

    /** A request of an admitted caller is served. */
    void servedCaller() {
        long now = System.nanoTime();
        // most calls need not write what other threads read
        if (now - callerAt > COARSE) {
            callerAt = now;
        }
    }

    /** Whether admitted callers were served a moment ago. */
    boolean servesCallers() {
        return System.nanoTime() - callerAt < CALLERS_STAY.toNanos();
    }

    void began() {
        inFlight.incrementAndGet();
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    /** Requests that are being answered. */
    public int active() {
        return inFlight.get();
    }

    RequestMeters meters() {
        return meters;
    }

    String hsts() {
        Optional<String> value = hsts.get();
        return value.isEmpty() ? "" : "Strict-Transport-Security: " + value.get() + "\r\n";
    }

    String peer(SocketAddress address) {
        return peers.apply(address);
    }

    /** The address itself, without name and port. */
    public static String address(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : address.toString();
    }

    private final class Selector implements ServerConnectionSelector {
        @Override
        public int bytesToIdentifyConnection() {
            return 0;
        }

        @Override
        public Support supports(BufferData data) {
            return Support.SUPPORTED;
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return Set.of("http/1.1");
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            return new HttpConnection(context, HttpServer.this);
        }
    }
}
