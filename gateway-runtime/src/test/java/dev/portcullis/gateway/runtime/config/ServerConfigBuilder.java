package dev.portcullis.gateway.runtime.config;

import dev.portcullis.gateway.runtime.config.ServerConfig.Bind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where a gateway listens, for tests that read no file: unless it is set, on any free port of the loopback. */
public final class ServerConfigBuilder {
    private int port;
    private Bind bind = Bind.LOOPBACK;
    private Optional<String> customBindHost = Optional.empty();
    private List<String> trustedProxies = List.of();
    private Optional<TlsConfig> tls = Optional.empty();

    private String basePath = "/";

    private ServerConfigBuilder() {}

    public static ServerConfigBuilder server() {
        return new ServerConfigBuilder();
    }

    public ServerConfigBuilder port(int number) {
        port = number;
        return this;
    }

    public ServerConfigBuilder bind(Bind addresses, Optional<String> host) {
        bind = addresses;
        customBindHost = host;
        return this;
    }

    public ServerConfigBuilder trustedProxies(String... ranges) {
        trustedProxies = List.of(ranges);
        return this;
    }

    public ServerConfigBuilder tls(Optional<TlsConfig> settings) {
        tls = settings;
        return this;
    }

    public ServerConfigBuilder basePath(String path) {
        basePath = path;
        return this;
    }

    public ServerConfig build() {
        return new ServerConfig(
                port,
                bind,
                customBindHost,
                trustedProxies,
                false,
                Optional.empty(),
                Duration.ofSeconds(1),
                tls,
                Optional.empty(),
                basePath);
    }
}
