package dev.portcullis.gateway.runtime.operate.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plain values of a configuration by path, without trusting their types: what is of another type reads as absent. */
final class Settings {
    private final Map<?, ?> root;

    Settings(Map<?, ?> root) {
        this.root = root;
    }

    /** The value at a path; null where nothing is written. */
    @Nullable
    Object value(String path) {
        Object value = root;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map)) {
                return null;
            }
            value = map.get(name);
        }
        return value;
    }

    boolean has(String path) {
        return value(path) != null;
    }

    /** Trimmed; empty if there is none. */
    String text(String path) {
        return value(path) instanceof String text ? text.strip() : "";
    }

    boolean says(String path, String word) {
        return text(path).equals(word);
    }

    boolean on(String path) {
        return Boolean.TRUE.equals(value(path));
    }

    boolean off(String path) {
        return Boolean.FALSE.equals(value(path));
    }

    List<?> items(String path) {
        return value(path) instanceof List<?> list ? list : List.of();
    }

    /** Items that are texts or numbers, trimmed. */
    List<String> texts(String path) {
        return items(path).stream()
                .filter(item -> item instanceof String || item instanceof Number)
                .map(item -> Objects.toString(item).strip())
                .toList();
    }

    /** Objects below a path, by name, in the order of the file. */
    Map<String, Settings> children(String path) {
        Map<String, Settings> children = new LinkedHashMap<>();
        if (value(path) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value instanceof Map<?, ?> child) {
                    children.put(String.valueOf(name), new Settings(child));
                }
            });
        }
        return children;
    }

    /** Names at the top. */
    List<String> names() {
        return root.keySet().stream().map(String::valueOf).toList();
    }

    Optional<Settings> child(String path) {
        return value(path) instanceof Map<?, ?> map ? Optional.of(new Settings(map)) : Optional.empty();
    }
}
