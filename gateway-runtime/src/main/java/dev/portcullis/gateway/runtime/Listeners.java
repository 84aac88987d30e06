package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.config.ServerConfig;
import dev.portcullis.gateway.runtime.http.HttpServer;
import dev.portcullis.gateway.runtime.http.Router;
import dev.portcullis.gateway.runtime.tls.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that a gateway listens on: one an address, all on the same port. One that ends although it was not told to, as it
 * does if a tool interrupts its thread, is opened again.
 */
final class Listeners implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());
    private static final Duration ROUND = Duration.ofMillis(500);

    /** How often in a row one address is tried again, once a round. */
    private static final int TRIES = 10;

    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final Function<SocketAddress, String> peers;
    private final Optional<ServerTls> tls;
    private final Runnable lost;
    private final ReentrantLock changes = new ReentrantLock();
    private final Map<InetAddress, Integer> failures = new HashMap<>();
    private final AtomicLong reopened = new AtomicLong();
    private final Thread watch =
            Thread.ofPlatform().name("listeners-watch").daemon().unstarted(this::watch);
    private volatile boolean whole = true;
    private volatile boolean closed;
    private @Nullable Router router;

    /**
     * Listens nowhere yet.
     *
     * @param peers where connections come from
     * @param lost called once if an address cannot be listened on any more
     */
    Listeners(Function<SocketAddress, String> peers, Optional<ServerTls> tls, Runnable lost) {
        this.peers = peers;
        this.tls = tls;
        this.lost = lost;
    }

    void open(ServerConfig server, Map<String, String> variables, Router router) throws GatewayStartException {
        int port = server.port();
        try {
            for (InetAddress address : BindAddresses.of(server)) {
                FreePort.await(address, port, variables);
                servers.add(HttpServer.start(address, port, router, peers, tls));
                port = servers.getFirst().port();
            }
            this.router = router;
            watch.start();
        } catch (IOException | RuntimeException unbound) {
            throw new GatewayStartException(
                    List.of("The gateway cannot listen on port " + port + " (gateway.bind: "
                            + server.bind().name().toLowerCase(Locale.ROOT) + "): "
                            + rootCause(unbound)),
                    false);
        }
    }

    private void watch() {
        while (!closed) {
            try {
                Thread.sleep(ROUND);
            } catch (InterruptedException woken) {
                // by the end, which the loop knows of, or by a tool that interrupts whatever thread it finds
            }
            if (!guarded()) {
                // which closes us, and with us this thread
                Thread.ofPlatform().name("listeners-lost").start(lost);
                return;
            }
        }
    }

    /** One look's trouble must not end the watch. */
    private boolean guarded() {
        try {
            return look();
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "The listeners cannot be watched", fault);
            return true;
        }
    }

    /** Opens again what has ended; false if that failed too often. */
    private boolean look() {
        changes.lock();
        try {
            boolean goesOn = true;
            for (int i = 0; i < servers.size() && !closed; i++) {
                HttpServer server = servers.get(i);
                goesOn &= server.listening() || reopen(i, server);
            }
            whole = failures.isEmpty();
            return goesOn;
        } finally {
            changes.unlock();
        }
    }

    private boolean reopen(int index, HttpServer ended) {
        String address = ended.host().getHostAddress() + " port " + ended.port();
        if (!failures.containsKey(ended.host())) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The gateway stopped listening on " + address
                            + " although it was not told to: its connections are cut."
                            + " A tool or plugin that interrupts threads of the gateway does that. It is opened again.");
        }
        Optional<String> refused = start(index, ended);
        if (refused.isEmpty()) {
            failures.remove(ended.host());
            reopened.incrementAndGet();
            LOG.log(System.Logger.Level.INFO, "The gateway listens on " + address + " again.");
            closeOne(ended);
            return true;
        }
        if (failures.merge(ended.host(), 1, Integer::sum) < TRIES) {
            return true;
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "The gateway could not listen on " + address + " again, " + TRIES + " times in a row (" + refused.get()
                        + "), and ends with exit code 1, so that a service manager starts it again.");
        return false;
    }

    /** Why it cannot be; empty if it has started. */
    private Optional<String> start(int index, HttpServer ended) {
        // asked first: the server logs a whole stack where it cannot bind
        Optional<String> taken = FreePort.trial(ended.host(), ended.port()).map(Listeners::rootCause);
        if (taken.isPresent()) {
            return taken;
        }
        Router served = Objects.requireNonNull(router, "router");
        // of a tool that interrupts whatever thread it finds: the server would not start
        Thread.interrupted();
        try {
            servers.set(index, HttpServer.start(ended.host(), ended.port(), served, peers, tls));
            return Optional.empty();
        } catch (RuntimeException unbound) {
            return Optional.of(rootCause(unbound));
        }
    }

    /** How often an address was opened again. */
    long reopened() {
        return reopened.get();
    }

    /** Stops listening and ends every connection. */
    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        changes.lock();
        try {
            servers.reversed().forEach(Listeners::closeOne);
        } finally {
            changes.unlock();
        }
    }

    private static void closeOne(HttpServer server) {
        try {
            server.close();
        } catch (RuntimeException broken) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A listener on " + server.host().getHostAddress() + " could not be closed",
                    broken);
        }
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** An address that a client on this machine can use. */
    URI address() {
        HttpServer primary = servers.getFirst();
        String host = primary.host().isAnyLocalAddress()
                ? "127.0.0.1"
                : primary.host().getHostAddress();
        return URI.create((tls.isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + primary.port());
    }

    /** Whether all addresses were listened on at the last look. */
    boolean listening() {
        return whole;
    }

    /** Requests that are being served. */
    int active() {
        return servers.stream().mapToInt(HttpServer::active).sum();
    }

    /**
     * Lets what runs end.
     *
     * @param until on the clock of {@link System#nanoTime()}
     * @return whether everything has ended
     */
    boolean drain(long until) {
        boolean ended = true;
        for (HttpServer server : servers) {
            ended &= server.drain(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
        return ended;
    }
}
