package dev.portcullis.gateway.runtime.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Entries of lists that deny: what can be no name, group or pattern would deny nothing, so it is refused. */
final class DenyEntries {
    /** What names and ids never have, and the pattern languages of other programs do. */
    private static final String FOREIGN = "?[]{}()|\\^$,;!\"'<>=&%`";

    private static final String GROUP = "group:";

    private DenyEntries() {}

    /** @param entries names, groups and patterns of tools that a section denies */
    static void ofTools(Section section, String key, List<String> entries) {
        for (String entry : entries) {
            String plain = entry.strip();
            if (foreign(plain)) {
                section.error(
                        key,
                        "the entry " + quoted(entry) + " is no name, group or pattern, so it would deny nothing",
                        "Write one entry for each name; in a pattern, * stands for any run of characters and nothing else"
                                + " is special: [\"sessions_*\", \"group:web\", \"exec\"].");
            } else if (plain.startsWith(GROUP) && plain.indexOf('*') >= 0) {
                section.error(
                        key,
                        "the entry " + quoted(entry) + " is a pattern of groups, so it would deny nothing",
                        "Patterns are tried on names of tools; name each group in full.");
            } else if (plain.isEmpty()) {
                section.warning(
                        key, "an entry is blank and denies nothing", "Name what shall be denied, or remove it.");
            }
        }
    }

    /** The names of plugins that a section denies. */
    static Set<String> ofPlugins(Section section, String key) {
        List<String> entries = section.texts(key).orElse(List.of());
        for (String entry : entries) {
            if (foreign(entry.strip()) || entry.indexOf('*') >= 0 || entry.isBlank()) {
                section.error(
                        key,
                        "the entry " + quoted(entry) + " is no name of a plugin, so it would keep none out",
                        "This list has names of plugins, in full. To load none, set plugins.enabled to false; to load"
                                + " some, name them in plugins.allow.");
            }
        }
        return entries.stream().map(String::strip).collect(Collectors.toSet());
    }

    private static boolean foreign(String entry) {
        return entry.chars()
                .anyMatch(c -> FOREIGN.indexOf(c) >= 0 || Character.isWhitespace(c) || Character.isISOControl(c));
    }

    private static String quoted(String entry) {
        return '"' + entry + '"';
    }
}
