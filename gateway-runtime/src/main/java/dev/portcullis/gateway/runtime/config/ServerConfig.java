package dev.portcullis.gateway.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the gateway is reached.
 *
 * @param port 0 picks a free one
 * @param trustedProxies addresses and CIDR ranges, as written
 * @param strictTransportSecurity value of the header, if configured
 * @param drain how long running invocations may go on after a stop was asked for
 * @param tls empty if it speaks plain text
 * @param publicOrigin how browsers and people elsewhere call it
 * @param basePath where WebSockets are opened beside {@code /}: begins with a slash, ends with none unless it is one
 */
public record ServerConfig(
        int port,
        Bind bind,
        Optional<String> customBindHost,
        List<String> trustedProxies,
        boolean allowRealIpFallback,
        Optional<String> strictTransportSecurity,
        Duration drain,
        Optional<TlsConfig> tls,
        Optional<URI> publicOrigin,
        String basePath) {
    /** Which addresses to listen on. */
    public enum Bind {
        LOOPBACK,
        LAN,
        TAILNET,
        CUSTOM,
        AUTO
    }

    public ServerConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether a WebSocket may be opened at that path. */
    public boolean socketAt(String path) {
        return path.equals("/")
                || (path.startsWith(basePath)
                        && (path.length() == basePath.length()
                                || path.substring(basePath.length()).equals("/")));
    }
}
