package dev.portcullis.gateway.runtime.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Keys that the reference gateway knows and this one has no use for: accepted, and listed. */
final class ReferenceKeys {
    /** How a path stands to the table. */
    enum Match {
        /** The key, with everything below it. */
        KNOWN,
        /** Only keys below it are known. */
        ABOVE_KNOWN,
        UNKNOWN
    }

    /** By hand, and from the reference gateway's own schema. */
    private static final List<String> TABLES = List.of("reference-keys.txt", "reference-schema-keys.txt");

    /** How one agent is written, and how it may be written too. */
    private static final List<String> AGENT = List.of("agents", "entries", "*");

    private static final List<List<String>> OTHERWISE = List.of(List.of("agents", "list", "*"), List.of("agents", "*"));

    private final List<List<String>> patterns;

    private ReferenceKeys(List<List<String>> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** Read when they are first needed: many configurations have no key that is not read. */
    private static final class Loaded {
        private static final ReferenceKeys KEYS = load();
    }

    static ReferenceKeys known() {
        return Loaded.KEYS;
    }

    private static ReferenceKeys load() {
        List<List<String>> patterns = new ArrayList<>();
        for (String table : TABLES) {
            for (List<String> key : keys(table)) {
                patterns.add(key);
                if (key.size() > AGENT.size() && key.subList(0, AGENT.size()).equals(AGENT)) {
                    OTHERWISE.forEach(way ->
                            patterns.add(Stream.concat(way.stream(), key.subList(AGENT.size(), key.size()).stream())
                                    .toList()));
                }
            }
        }
        return new ReferenceKeys(patterns);
    }

    static List<List<String>> keys(String table) {
        try (InputStream in = Objects.requireNonNull(ReferenceKeys.class.getResourceAsStream(table));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> List.of(line.split("\\.")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Match match(ConfigPath path) {
        Match best = Match.UNKNOWN;
        for (List<String> pattern : patterns) {
            if (agrees(pattern, path.names())) {
                if (pattern.size() <= path.names().size()) {
                    return Match.KNOWN;
                }
                // A name that anybody may choose is not known because others have been chosen.
                boolean chosen = path.names().isEmpty()
                        || pattern.get(path.names().size() - 1).equals("*");
                best = chosen ? best : Match.ABOVE_KNOWN;
            }
        }
        return best;
    }

    /** The names that may follow a path. */
    List<String> below(ConfigPath path) {
        return patterns.stream()
                .filter(pattern -> pattern.size() > path.names().size() && agrees(pattern, path.names()))
                .map(pattern -> pattern.get(path.names().size()))
                .distinct()
                .toList();
    }

    private static boolean agrees(List<String> pattern, List<String> names) {
        for (int i = 0; i < Math.min(pattern.size(), names.size()); i++) {
            if (!pattern.get(i).equals("*") && !pattern.get(i).equals(names.get(i))) {
                return false;
            }
        }
        return true;
    }
}
