package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration as read from its file, after includes and substitution.
 *
 * @param file where it was read from; empty for built-in defaults
 * @param root plain values (String, Boolean, Long, Double, BigDecimal, List, Map, null)
 * @param hash SHA-256 of the content, hexadecimal
 * @param keys which of the keys this gateway has a use for
 */
public record ConfigDocument(Optional<Path> file, Map<String, Object> root, String hash, KnownKeys keys) {
    /** Of which every key has a use. */
    public ConfigDocument(Optional<Path> file, Map<String, Object> root, String hash) {
        this(file, root, hash, KnownKeys.ALL);
    }

    ConfigDocument with(KnownKeys known) {
        return new ConfigDocument(file, root, hash, known);
    }

    /** What to call it in messages. */
    public String name() {
        return file.map(Path::toString).orElse("built-in defaults");
    }

    /** Its text could hold secrets. */
    @Override
    public String toString() {
        return "ConfigDocument[" + name() + "]";
    }
}
