package dev.portcullis.gateway.api.plugin;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of one plugin, {@code plugins.entries.<name>.config}, by typed getters. Implemented by the gateway;
 * immutable.
 *
 * <p>A key that is present but of another type throws {@link PluginException} with the path and the value. Keys that were
 * not asked for by the end of the load are reported to the operator as unused.
 */
public interface PluginConfig {
    /**
     * A text.
     *
     * @param key the key
     * @return empty if absent
     */
    Optional<String> string(String key);

    /**
     * A text that must be there.
     *
     * @param key the key
     * @return the text, not blank
     * @throws PluginException if absent or blank
     */
    String requiredString(String key);

    /**
     * A whole number.
     *
     * @param key the key
     * @return empty if absent
     */
    Optional<Long> integer(String key);

    /**
     * A flag.
     *
     * @param key the key
     * @return empty if absent
     */
    Optional<Boolean> flag(String key);

    /**
     * An absolute address.
     *
     * @param key the key
     * @return empty if absent
     */
    Optional<URI> uri(String key);

    /**
     * A file. A relative path is relative to the folder of the configuration file.
     *
     * @param key the key
     * @return an absolute path, empty if absent; whether it exists is not checked
     */
    Optional<Path> path(String key);

    /**
     * A duration: a number of milliseconds, or a text such as {@code 250 ms}, {@code 30s}, {@code 5 minutes}.
     *
     * @param key the key
     * @return empty if absent
     */
    Optional<Duration> duration(String key);

    /**
     * A list of texts.
     *
     * @param key the key
     * @return empty if absent
     */
    Optional<List<String>> strings(String key);

    /**
     * A block within the configuration.
     *
     * @param key the key
     * @return an empty block if absent
     */
    PluginConfig block(String key);

    /**
     * The keys of this block.
     *
     * @return in the order of the file
     */
    Set<String> keys();

    /**
     * Everything in this block, as plain values (a fraction is a Double if that has the digits that were written, and a
     * BigDecimal otherwise); counts as having asked for every key.
     *
     * @return an immutable map
     */
    Map<String, Object> asMap();
}
