package dev.portcullis.gateway.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the gateway is reached: address, port, proxies. */
final class ServerReader {
    private static final int PORT = 18789;
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    /** Addresses that people write where the name of a kind of binding belongs. */
    private static final Map<String, ServerConfig.Bind> ADDRESSES = Map.of(
            "0.0.0.0", ServerConfig.Bind.LAN,
            "::", ServerConfig.Bind.LAN,
            "[::]", ServerConfig.Bind.LAN,
            "*", ServerConfig.Bind.LAN,
            "127.0.0.1", ServerConfig.Bind.LOOPBACK,
            "localhost", ServerConfig.Bind.LOOPBACK,
            "::1", ServerConfig.Bind.LOOPBACK,
            "[::1]", ServerConfig.Bind.LOOPBACK);

    private final Section gateway;
    private final Section controlUi;
    private final ConfigEnvironment environment;
    private final Path base;
    private final Problems problems;

    /** @param base where relative paths begin */
    ServerReader(Section gateway, Section controlUi, ConfigEnvironment environment, Path base, Problems problems) {
        this.gateway = gateway;
        this.controlUi = controlUi;
        this.environment = environment;
        this.base = base;
        this.problems = problems;
    }

    ServerConfig read() {
        ServerConfig.Bind bind = bind();
        Optional<String> host =
                gateway.text("customBindHost").map(String::strip).filter(text -> !text.isEmpty());
        if (bind == ServerConfig.Bind.CUSTOM) {
            custom(host);
        }
        Section http = gateway.section("http");
        Section headers = http.section("securityHeaders");
        Optional<String> transport = strictTransport(headers);
        headers.close();
        http.close();
        return new ServerConfig(
                port(),
                bind,
                host,
                proxies(),
                gateway.flag("allowRealIpFallback").orElse(false),
                transport,
                AuthReader.millis(gateway, "drainTimeoutMs", DRAIN),
                new TlsReader(gateway.section("tls"), environment, base).read(),
                publicOrigin(),
                basePath());
    }

    /** As the reference gateway reads it: a slash before it, none behind it. What no target could say is an error. */
    private String basePath() {
        String written = controlUi.text("basePath").orElse("").strip();
        String path = "/" + written.replaceFirst("^/", "").replaceFirst("/$", "");
        boolean canonical = path.equals("/")
                || (path.matches("(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+") && !path.matches(".*/[.]{1,2}(/.*)?"));
        if (!canonical) {
            controlUi.error(
                    "basePath",
                    "\"" + written + "\" is not a path that a request could name",
                    "Write names with single slashes between them: /openclaw.");
            return "/";
        }
        return path;
    }

    /** Where browsers find it: encrypted, unless it is this machine. */
    private Optional<URI> publicOrigin() {
        Optional<String> written =
                gateway.text("publicOrigin").map(String::strip).filter(text -> !text.isEmpty());
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI origin = new URI(written.get().toLowerCase(Locale.ROOT));
            boolean bare = origin.getHost() != null
                    && origin.getRawUserInfo() == null
                    && origin.getRawPath().isEmpty()
                    && origin.getRawQuery() == null
                    && origin.getRawFragment() == null;
            boolean safe = "https".equals(origin.getScheme())
                    || ("http".equals(origin.getScheme()) && LOOPBACK.contains(origin.getHost()));
            if (bare && safe) {
                return Optional.of(origin);
            }
        } catch (URISyntaxException noOrigin) {
            // said below
        }
        gateway.error(
                "publicOrigin",
                "\"" + written.get() + "\" is not an https origin",
                "Write scheme and host, and nothing after them: https://tools.example. http is for this machine only.");
        return Optional.empty();
    }

    private int port() {
        Optional<Long> configured = gateway.number("port", 0, 65535);
        if (environment.overrides().port().isPresent()) {
            return environment.overrides().port().getAsInt();
        }
        var variable = environment.first("PORTCULLIS_GATEWAY_PORT", "OPENCLAW_GATEWAY_PORT");
        if (variable.isPresent()) {
            String text = variable.get().value();
            if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65535) {
                return Integer.parseInt(text);
            }
            problems.error(
                    variable.get().at(),
                    gateway.path("port"),
                    "\"" + text + "\" is not a port",
                    "Use a whole number from 0 to 65535; 0 picks a free one.");
        }
        return configured.orElse((long) PORT).intValue();
    }

    private ServerConfig.Bind bind() {
        Optional<String> written = gateway.text("bind");
        Optional<String> override = environment.overrides().bind();
        Optional<String> name = override.or(() -> written);
        if (name.isEmpty()) {
            return ServerConfig.Bind.LOOPBACK;
        }
        Position at = override.isPresent() ? Position.of("--bind") : gateway.at("bind");
        ServerConfig.Bind alias = ADDRESSES.get(name.get().strip());
        if (alias != null) {
            String kind = alias.name().toLowerCase(Locale.ROOT);
            problems.warning(
                    at,
                    gateway.path("bind"),
                    "\"" + name.get() + "\" is an address; it is taken for \"" + kind + "\"",
                    "Write \"" + kind + "\".");
            return alias;
        }
        List<String> known = List.of("loopback", "lan", "tailnet", "custom", "auto");
        if (!known.contains(name.get())) {
            problems.error(
                    at,
                    gateway.path("bind"),
                    "\"" + name.get() + "\" is not one of " + String.join(", ", known),
                    Nearest.question(name.get(), known));
            return ServerConfig.Bind.LOOPBACK;
        }
        ServerConfig.Bind bind = ServerConfig.Bind.valueOf(name.get().toUpperCase(Locale.ROOT));
        if (bind == ServerConfig.Bind.AUTO) {
            return environment.container() ? ServerConfig.Bind.LAN : ServerConfig.Bind.LOOPBACK;
        }
        return bind;
    }

    private void custom(Optional<String> host) {
        if (problems.wrong(gateway.path("customBindHost"))) {
            return;
        }
        if (host.isEmpty()) {
            gateway.error(
                    "customBindHost", "gateway.bind=custom requires gateway.customBindHost", "Set an IPv4 address.");
        } else if (!IPV4.matcher(host.get()).matches()) {
            gateway.error(
                    "customBindHost",
                    "gateway.bind=custom requires a valid IPv4 customBindHost (got " + host.get() + ")",
                    "Write it as four numbers.");
        }
    }

    private List<String> proxies() {
        List<String> written = gateway.texts("trustedProxies").orElse(List.of());
        for (String proxy : written) {
            if (Addresses.parseRange(proxy).isEmpty()) {
                gateway.warning(
                        "trustedProxies",
                        "\"" + proxy + "\" is neither an address nor a range like 10.0.0.0/8; it matches nobody",
                        "Correct or remove it.");
            }
        }
        return written;
    }

    /** A text, or {@code false} to say that it is meant to be off. */
    private static Optional<String> strictTransport(Section headers) {
        boolean off = headers.node("strictTransportSecurity")
                .filter(value -> value instanceof Node.Scalar scalar && Boolean.FALSE.equals(scalar.value()))
                .isPresent();
        if (off) {
            return Optional.empty();
        }
        return headers.text("strictTransportSecurity").map(String::strip).filter(text -> !text.isEmpty());
    }
}
