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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The sockets that a gateway listens on: one an address, all on the same port. */
final class Listeners {
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final Closing closing;
    private final Function<SocketAddress, String> peers;
    private final Optional<ServerTls> tls;

    /** @param peers where connections come from */
    Listeners(Closing closing, Function<SocketAddress, String> peers, Optional<ServerTls> tls) {
        this.closing = closing;
        this.peers = peers;
        this.tls = tls;
    }

    void open(ServerConfig server, Map<String, String> variables, Router router) throws GatewayStartException {
        int port = server.port();
        try {
            for (InetAddress address : BindAddresses.of(server)) {
                FreePort.await(address, port, variables);
                servers.add(closing.later(HttpServer.start(address, port, router, peers, tls)));
                port = servers.getFirst().port();
            }
        } catch (IOException | RuntimeException unbound) {
            throw new GatewayStartException(
                    List.of("The gateway cannot listen on port " + port + " (gateway.bind: "
                            + server.bind().name().toLowerCase(Locale.ROOT) + "): "
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

    /** An address that a client on this machine can use. */
    URI address() {
        HttpServer primary = servers.getFirst();
        String host = primary.host().isAnyLocalAddress()
                ? "127.0.0.1"
                : primary.host().getHostAddress();
        return URI.create((tls.isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + primary.port());
    }

    boolean listening() {
        return servers.stream().allMatch(HttpServer::listening);
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
