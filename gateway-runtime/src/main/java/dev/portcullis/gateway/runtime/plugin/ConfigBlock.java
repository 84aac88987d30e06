package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.plugin.PluginConfig;
import dev.portcullis.gateway.api.plugin.PluginException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One block of a plugin's configuration. Remembers what was asked for, so that a misspelled key does not go unnoticed. A number
 * or a flag may also be a text, because that is all an environment variable can be.
 */
final class ConfigBlock implements PluginConfig {

    private final String path;
    private final Map<String, Object> values;
    private final Path folder;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, ConfigBlock> blocks = new ConcurrentHashMap<>();

    /**
     * @param path where the block is in the configuration
     * @param folder that relative paths are relative to
     */
    ConfigBlock(String path, Map<String, Object> values, Path folder) {
        this.path = path;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.folder = folder;
    }

    @Override
    public Optional<String> string(String key) {
        return value(key).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw wrong(key, value, "a text");
        });
    }

    @Override
    public String requiredString(String key) {
        return string(key)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new PluginException(
                        at(key) + " is missing or blank, and the plugin needs it: add it to the configuration"));
    }

    @Override
    public Optional<Long> integer(String key) {
        return value(key).map(value -> {
            try {
                return switch (value) {
                    case Long number -> number;
                    case Integer number -> number.longValue();
                    case Number number -> new BigDecimal(number.toString()).longValueExact();
                    case String text -> Long.parseLong(text.strip());
                    default -> throw wrong(key, value, "a whole number");
                };
            } catch (ArithmeticException | NumberFormatException e) {
                throw wrong(key, value, "a whole number");
            }
        });
    }

    @Override
    public Optional<Boolean> flag(String key) {
        return value(key).map(value -> switch (value) {
            case Boolean flag -> flag;
            case String text when text.equalsIgnoreCase("true") -> true;
            case String text when text.equalsIgnoreCase("false") -> false;
            default -> throw wrong(key, value, "true or false");
        });
    }

    @Override
    public Optional<URI> uri(String key) {
        return string(key).map(text -> {
            try {
                URI uri = new URI(text.strip());
                if (uri.isAbsolute()) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // said below
            }
            throw wrong(key, text, "an absolute address such as \"http://127.0.0.1:9090\"");
        });
    }

    @Override
    public Optional<Path> path(String key) {
        return string(key).map(text -> {
            try {
                return folder.resolve(text).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                throw wrong(key, text, "a path");
            }
        });
    }

    @Override
    public Optional<Duration> duration(String key) {
        return value(key)
                .map(value -> Durations.parse(value)
                        .orElseThrow(() -> wrong(key, value, "a duration such as 500, \"250 ms\" or \"5 minutes\"")));
    }

    @Override
    public Optional<List<String>> strings(String key) {
        return value(key).map(value -> {
            if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            }
            throw wrong(key, value, "a list of texts");
        });
    }

    @Override
    public PluginConfig block(String key) {
        asked.add(key);
        return blocks.computeIfAbsent(key, k -> {
            Object value = values.get(k);
            if (value == null) {
                return new ConfigBlock(at(k), Map.of(), folder);
            }
            if (value instanceof Map<?, ?> map) {
                Map<String, Object> block = new LinkedHashMap<>();
                map.forEach((name, inner) -> block.put(String.valueOf(name), inner));
                return new ConfigBlock(at(k), block, folder);
            }
            throw wrong(k, value, "a block");
        });
    }

    @Override
    public Set<String> keys() {
        return values.keySet();
    }

    @Override
    public Map<String, Object> asMap() {
        asked.addAll(values.keySet());
        blocks.clear();
        return values;
    }

    /** Full paths of the keys that nobody asked for. */
    List<String> unused() {
        List<String> unused = new ArrayList<>();
        for (String key : values.keySet()) {
            ConfigBlock block = blocks.get(key);
            if (!asked.contains(key)) {
                unused.add(at(key));
            } else if (block != null) {
                unused.addAll(block.unused());
            }
        }
        return unused;
    }

    private Optional<Object> value(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key));
    }

    private String at(String key) {
        return path + "." + key;
    }

    private PluginException wrong(String key, Object value, String expected) {
        return new PluginException(at(key) + " must be " + expected + ", but is " + kind(value));
    }

    /** Never the value: only the plugin knows whether it is a secret, and the message goes to the log. */
    private static String kind(Object value) {
        return switch (value) {
            case String text -> text.isEmpty() ? "an empty text" : "a text that does not fit";
            case Boolean flag -> String.valueOf(flag);
            case Number _ -> "a number that does not fit";
            case Map<?, ?> _ -> "a block";
            default -> "a list";
        };
    }

    /** Its values could be secrets. */
    @Override
    public String toString() {
        return "ConfigBlock[" + path + "]";
    }
}
