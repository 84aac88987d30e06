package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which gateway a command talks to, and with which credential. */
final class ConnectionOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Base URL of the gateway (default: the local one). "
                    + "Another gateway gets only --token, --password or what the environment holds.")
    @Nullable
    String url;

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the local gateway.")
    @Nullable
    Integer port;

    @Option(names = "--token", paramLabel = "TOKEN", description = "Token; else PORTCULLIS_GATEWAY_TOKEN and so on.")
    @Nullable
    String token;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "Password; else PORTCULLIS_GATEWAY_PASSWORD.")
    @Nullable
    String password;

    @Option(
            names = "--tls-fingerprint",
            paramLabel = "SHA256",
            description = "Believe the gateway with this certificate and no other, as \"run\" prints it"
                    + " (default for the local gateway: its own certificate).")
    @Nullable
    String fingerprint;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Believe gateways that the certificates in this PEM file vouch for.")
    @Nullable
    Path authorities;

    /** Whether any of them was. */
    boolean given() {
        return url != null || port != null || fingerprint != null || authorities != null;
    }

    Optional<Secret> tokenOption() {
        return secret(token);
    }

    Optional<Secret> passwordOption() {
        return secret(password);
    }

    private static Optional<Secret> secret(@Nullable String value) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Secret::new);
    }
}
