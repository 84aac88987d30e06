package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.RemoteConfig;
import dev.portcullis.gateway.runtime.config.Secret;
import dev.portcullis.gateway.runtime.config.ServerConfig;
import dev.portcullis.gateway.runtime.config.StateHolder;
import dev.portcullis.gateway.runtime.config.TlsConfig;
import dev.portcullis.gateway.runtime.tls.Fingerprint;
import dev.portcullis.gateway.runtime.tls.TlsException;
import dev.portcullis.gateway.runtime.tls.TlsFiles;
import dev.portcullis.gateway.runtime.tls.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the gateway and the credential for it: options, then the environment, then the configuration, then the token file of
 * the state directory. The last two belong to the local gateway, and are never sent to another one; what is configured for
 * another one is sent to that one alone.
 */
final class TargetResolver {
    static final String TOKEN_FILE = "gateway.token";

    private static final List<String> TOKEN_VARIABLES = List.of("PORTCULLIS_GATEWAY_TOKEN", "OPENCLAW_GATEWAY_TOKEN");
    private static final List<String> PASSWORD_VARIABLES =
            List.of("PORTCULLIS_GATEWAY_PASSWORD", "OPENCLAW_GATEWAY_PASSWORD");
    private static final String PIN = "PORTCULLIS_GATEWAY_TLS_FINGERPRINT";
    private static final List<String> PORT_VARIABLES = List.of("PORTCULLIS_GATEWAY_PORT", "OPENCLAW_GATEWAY_PORT");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Surroundings surroundings;
    private final ConfigAccess access;
    private @Nullable GatewayConfig config;

    TargetResolver(Surroundings surroundings, ConfigAccess access) {
        this.surroundings = surroundings;
        this.access = access;
    }

    GatewayTarget resolve(ConnectionOptions options) {
        if (options.url != null && options.port != null) {
            throw CliException.usage("--url and --port exclude each other: the URL has a port of its own");
        }
        Optional<Credential> explicit = explicit(options);
        if (options.url != null) {
            URI base = parse(options.url);
            PlainText.refuse("--url", base, surroundings);
            // without TLS nobody has to be known, and no configuration has to be read for it
            boolean local = (explicit.isEmpty() || "https".equals(base.getScheme())) && isLocal(base);
            return target(base, explicit, explicit.isEmpty() && local, trust(options, base, local), false);
        }
        if (options.port == null
                && PORT_VARIABLES.stream()
                        .noneMatch(name -> surroundings.variable(name).isPresent())) {
            RemoteConfig remote = config().remote();
            if (remote.preferred()) {
                return elsewhere(options, remote, explicit);
            }
        }
        URI base = local(options.port);
        return target(base, explicit, true, trust(options, base, true), true);
    }

    /** The gateway that the configuration of a client names, with the credential that is configured for it. */
    private GatewayTarget elsewhere(ConnectionOptions options, RemoteConfig remote, Optional<Credential> explicit) {
        String source = config().document().name();
        URI base = remote.url()
                .orElseThrow(() -> CliException.configuration(
                        "gateway.mode of " + source + " is \"remote\", and gateway.remote.url does not say where the"
                                + " gateway is: set it, or name a gateway with --url or --port",
                        List.of()));
        PlainText.refuse("gateway.remote.url", base, surroundings);
        List<String> looked = looked();
        looked.add("gateway.remote of " + source);
        Optional<Credential> credential = explicit.or(
                        () -> remote.token().map(secret -> new Credential(secret, "gateway.remote.token of " + source)))
                .or(() -> remote.password()
                        .map(secret -> new Credential(secret, "gateway.remote.password of " + source)));
        return new GatewayTarget(base, credential, looked, trust(options, base, false), false);
    }

    /**
     * What the options say; else what is configured for the gateway of that URL; else the local gateway's own certificate,
     * which is on this machine; else the JDK.
     */
    private Trust trust(ConnectionOptions options, URI base, boolean local) {
        try {
            Optional<String> pin = Optional.ofNullable(options.fingerprint).or(() -> surroundings.variable(PIN));
            if (pin.isPresent()) {
                return Trust.of(Fingerprint.parse(pin.get())
                        .orElseThrow(() -> CliException.usage("\"" + Printable.line(pin.get())
                                + "\" is no SHA-256 fingerprint: 64 hexadecimal digits, with or without colons")));
            }
            if (options.authorities != null) {
                if (!Files.isReadable(options.authorities)) {
                    throw CliException.failed("--ca-file names " + options.authorities
                            + ", which is not there or cannot be read: check the path");
                }
                return Trust.ofAuthorities(options.authorities);
            }
            if (!"https".equals(base.getScheme())) {
                return Trust.ofSystem();
            }
            RemoteConfig remote = config().remote();
            if (remote.tlsFingerprint().isPresent() && remote.url().equals(Optional.of(base))) {
                return Trust.of(new Fingerprint(remote.tlsFingerprint().get()));
            }
            Optional<TlsConfig> tls = local ? config().server().tls() : Optional.empty();
            Optional<Path> own = tls.map(
                            known -> TlsFiles.of(known, access.stateDir()).certificate())
                    .filter(Files::isReadable);
            return own.isPresent() ? Trust.ofCertificate(own.get()) : Trust.ofSystem();
        } catch (TlsException unusable) {
            throw CliException.failed(unusable.text());
        }
    }

    private GatewayTarget target(URI base, Optional<Credential> explicit, boolean local, Trust trust, boolean here) {
        List<String> looked = looked();
        if (explicit.isPresent() || !local) {
            return new GatewayTarget(base, explicit, looked, trust, here);
        }
        looked.add("gateway.auth of " + access.file().map(Path::toString).orElse("the configuration"));
        looked.add(tokenFile().toString());
        return new GatewayTarget(base, configured().or(this::stored), looked, trust, here);
    }

    private static List<String> looked() {
        List<String> looked = new ArrayList<>(List.of("--token", "--password"));
        looked.addAll(TOKEN_VARIABLES);
        looked.addAll(PASSWORD_VARIABLES);
        return looked;
    }

    private Optional<Credential> explicit(ConnectionOptions options) {
        return options.tokenOption(surroundings)
                .map(token -> new Credential(token, "--token"))
                .or(() -> options.passwordOption(surroundings).map(password -> new Credential(password, "--password")))
                .or(() -> variable(TOKEN_VARIABLES))
                .or(() -> variable(PASSWORD_VARIABLES));
    }

    private Optional<Credential> variable(List<String> names) {
        return names.stream()
                .flatMap(name -> surroundings
                        .variable(name)
                        .map(value -> new Credential(new Secret(value), "the environment variable " + name))
                        .stream())
                .findFirst();
    }

    private Optional<Credential> configured() {
        AuthConfig auth = config().auth();
        String source = config().document().name();
        Optional<Credential> token =
                auth.token().map(secret -> new Credential(secret, "gateway.auth.token of " + source));
        Optional<Credential> password =
                auth.password().map(secret -> new Credential(secret, "gateway.auth.password of " + source));
        return "password".equals(auth.mode()) ? password.or(() -> token) : token.or(() -> password);
    }

    private Optional<Credential> stored() {
        Path file = tokenFile();
        try {
            String token = Files.readString(file).strip();
            return token.isEmpty() ? Optional.empty() : Optional.of(new Credential(new Secret(token), file.toString()));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw CliException.failed("Cannot read the token file " + file + " ("
                    + e.getClass().getSimpleName() + "): run as the user the gateway runs as, or pass --token");
        }
    }

    private Path tokenFile() {
        return access.stateDir().resolve(TOKEN_FILE);
    }

    private URI local(@Nullable Integer option) {
        if (option != null) {
            return URI.create(scheme() + "127.0.0.1:" + checkedPort(option, "--port"));
        }
        for (String name : PORT_VARIABLES) {
            Optional<String> value = surroundings.variable(name);
            if (value.isPresent()) {
                return URI.create(scheme() + "127.0.0.1:" + checkedPort(number(value.get(), name), name));
            }
        }
        ServerConfig server = config().server();
        String host = server.bind() == ServerConfig.Bind.CUSTOM
                ? server.customBindHost().filter(h -> !h.equals("0.0.0.0")).orElse("127.0.0.1")
                : "127.0.0.1";
        if (server.port() == 0) {
            Optional<URI> running = StateHolder.of(access.stateDir()).flatMap(StateHolder::address);
            if (running.isPresent()) {
                return running.get();
            }
            throw CliException.usage(
                    "gateway.port of " + access.file().map(Path::toString).orElse("the configuration")
                            + " is 0, so the port is a different one at every start: pass the one that \"run\" printed with --port");
        }
        return URI.create(scheme() + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + server.port());
    }

    /** A configuration that cannot be read is complained about where it is needed. */
    private String scheme() {
        try {
            return config().server().tls().isPresent() ? "https://" : "http://";
        } catch (CliException unreadable) {
            return "http://";
        }
    }

    /** Whether a URL that was given names the gateway of this state directory. */
    private boolean isLocal(URI base) {
        return LOOPBACK.contains(base.getHost())
                && base.getPort() == local(null).getPort();
    }

    private static URI parse(String url) {
        return RemoteConfig.base(url)
                .orElseThrow(() -> CliException.usage(
                        "--url is not the base URL of a gateway: it must look like http://127.0.0.1:18789, "
                                + "without user, path or query"));
    }

    private static int number(String text, String source) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw CliException.usage(source + " is \"" + text + "\", which is not a port: use 1 to 65535");
        }
    }

    private static int checkedPort(int port, String source) {
        if (port < 1 || port > 65535) {
            throw CliException.usage(source + " is " + port + ", which is not a port: use 1 to 65535");
        }
        return port;
    }

    private GatewayConfig config() {
        GatewayConfig known = config;
        if (known == null) {
            known = access.read().config();
            config = known;
        }
        return known;
    }
}
