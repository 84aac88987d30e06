package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.Optional;

/** {@code gateway.tls}. The files themselves are read when the gateway starts. */
final class TlsReader {
    private final Section tls;
    private final ConfigEnvironment environment;
    private final Path base;

    TlsReader(Section tls, ConfigEnvironment environment, Path base) {
        this.tls = tls;
        this.environment = environment;
        this.base = base;
    }

    /** Empty if the gateway does not encrypt. */
    Optional<TlsConfig> read() {
        boolean enabled = tls.flag("enabled").orElse(false);
        TlsConfig read =
                new TlsConfig(tls.flag("autoGenerate").orElse(true), file("certPath"), file("keyPath"), file("caPath"));
        if (enabled && tls.has("certPath") != tls.has("keyPath")) {
            String there = tls.has("certPath") ? "certPath" : "keyPath";
            String missing = tls.has("certPath") ? "keyPath" : "certPath";
            tls.error(
                    there,
                    "a certificate and its key belong together, and " + missing + " is not set",
                    "Set " + missing + " too, or neither to have both in the state directory.");
        }
        tls.close();
        return enabled ? Optional.of(read) : Optional.empty();
    }

    private Optional<Path> file(String key) {
        return tls.text(key)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> tls.file(key, text, environment, base));
    }
}
