package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration as it is written, whether or not a gateway would start with it: for those who examine configurations.
 *
 * @param document empty if the file cannot be read, or is not of its syntax
 * @param files every file that took part, or should have
 */
public record ConfigDraft(Optional<ConfigDocument> document, Set<Path> files, ConfigReading reading) {
    public ConfigDraft {
        files = Set.copyOf(files);
    }

    /** What is written; nothing if it cannot be read. */
    public Map<String, Object> root() {
        return document.map(ConfigDocument::root).orElse(Map.of());
    }

    /** The whole configuration, if it holds. */
    public Optional<GatewayConfig> config() {
        return reading instanceof ConfigReading.Valid valid ? Optional.of(valid.config()) : Optional.empty();
    }

    /** Its text could hold secrets. */
    @Override
    public String toString() {
        return "ConfigDraft[" + document + "]";
    }
}
