package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.Secret;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
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

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Token, which other users may see in the list of processes; - reads it from standard input."
                    + " Else PORTCULLIS_GATEWAY_TOKEN and so on.")
    @Nullable
    String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File that holds the token.")
    @Nullable
    Path tokenFile;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description = "Password; the same holds. Else PORTCULLIS_GATEWAY_PASSWORD.")
    @Nullable
    String password;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File that holds the password.")
    @Nullable
    Path passwordFile;

    /** What was read: standard input has no second time. */
    private final Map<SecretOption, Optional<Secret>> read = new EnumMap<>(SecretOption.class);

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

    Optional<Secret> tokenOption(Surroundings surroundings) {
        return read.computeIfAbsent(SecretOption.TOKEN, option -> option.read(token, tokenFile, surroundings));
    }

    Optional<Secret> passwordOption(Surroundings surroundings) {
        return read.computeIfAbsent(SecretOption.PASSWORD, option -> option.read(password, passwordFile, surroundings));
    }
}
