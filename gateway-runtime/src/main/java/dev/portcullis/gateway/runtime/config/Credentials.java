package dev.portcullis.gateway.runtime.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One secret of the gateway: from the command line, the file, the environment or the client's settings, in this order. */
record Credentials(Optional<Secret> secret, Position at, boolean configured) {
    private static final Set<String> NOT_SECRET = Set.of(
            "change-me-to-a-long-random-token",
            "change-me-now",
            "change-me-to-a-strong-password",
            "undefined",
            "null",
            ConfigRedaction.REDACTED.toLowerCase(Locale.ROOT));

    /**
     * @param key {@code token} or {@code password}
     * @param auth {@code gateway.auth}
     * @param remote {@code gateway.remote}, the last resort
     */
    static Credentials find(
            String key,
            Section auth,
            Section remote,
            Optional<Secret> override,
            ConfigEnvironment environment,
            SecretReferences secrets) {
        boolean written = auth.has(key);
        Optional<Secret> configured = secrets.secret(auth, key);
        if (override.isPresent()) {
            return new Credentials(trimmed(override), Position.of("--" + key), written);
        }
        if (written) {
            return new Credentials(configured, auth.at(key), true);
        }
        String variable = "GATEWAY_" + key.toUpperCase(Locale.ROOT);
        var found = environment.first("PORTCULLIS_" + variable, "OPENCLAW_" + variable);
        if (found.isPresent()) {
            return new Credentials(
                    found.map(value -> new Secret(value.value())), found.get().at(), false);
        }
        Optional<Secret> client = remote.has(key) ? secrets.secret(remote, key) : Optional.empty();
        return new Credentials(client.filter(secret -> !secret.reveal().isBlank()), remote.at(key), false);
    }

    private static Optional<Secret> trimmed(Optional<Secret> secret) {
        return secret.map(value -> new Secret(value.reveal().strip()));
    }

    /** A blank or a text that somebody forgot to replace. */
    boolean placeholder() {
        return secret.map(Secret::reveal)
                .filter(value -> value.isBlank() || NOT_SECRET.contains(value.toLowerCase(Locale.ROOT)))
                .isPresent();
    }
}
