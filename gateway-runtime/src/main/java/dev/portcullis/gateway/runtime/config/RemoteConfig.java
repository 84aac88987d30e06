package dev.portcullis.gateway.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A gateway on another machine, for the commands of this one.
 *
 * @param preferred whether commands ask it instead of a local one
 * @param url without a path
 * @param token and {@code password}: empty if it is not preferred
 * @param tlsFingerprint SHA-256 of its certificate: 64 digits, lower case
 */
public record RemoteConfig(
        boolean preferred,
        Optional<URI> url,
        Optional<Secret> token,
        Optional<Secret> password,
        Optional<String> tlsFingerprint) {
    public static final RemoteConfig NONE =
            new RemoteConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The base of a gateway's URLs from what people write, {@code ws} or {@code http}; empty if it is none. */
    public static Optional<URI> base(String written) {
        try {
            URI uri = new URI(written.strip());
            String scheme = switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
                case "http", "ws" -> "http";
                case "https", "wss" -> "https";
                default -> "";
            };
            boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty() || "/".equals(uri.getRawPath());
            boolean nothingElse =
                    uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return !scheme.isEmpty() && bare && nothingElse && uri.getHost() != null
                    ? Optional.of(new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null))
                    : Optional.empty();
        } catch (URISyntaxException invalid) {
            // its message could hold a password
            return Optional.empty();
        }
    }
}
