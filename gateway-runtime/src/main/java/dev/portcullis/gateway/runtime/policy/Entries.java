package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.Glob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One allow or deny list, compiled: names, groups and plugins are found by look-up, only patterns are tried one by one. Blank
 * entries are dropped, unknown groups stay as literal names and match nothing.
 */
final class Entries {
    static final Entries NONE = of(List.of());

    private static final String EVERY_PLUGIN = "group:plugins";

    private record Pattern(Glob glob, String entry) {}

    private final Map<String, String> byName = new HashMap<>();
    private final Map<String, String> byPlugin = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private @Nullable String everyPlugin;
    private boolean empty = true;

    private Entries() {}

    static Entries of(Collection<String> written) {
        Entries entries = new Entries();
        for (String entry : written) {
            if (!entry.isBlank()) {
                entries.add(entry, ToolNames.normalise(entry));
            }
        }
        return entries;
    }

    private void add(String entry, String normalised) {
        empty = false;
        if (normalised.indexOf('*') >= 0) {
            patterns.add(new Pattern(new Glob(normalised), entry));
        } else if (normalised.equals(EVERY_PLUGIN)) {
            everyPlugin = entry;
        } else if (CoreTool.groups().containsKey(normalised)) {
            CoreTool.groups().get(normalised).forEach(member -> byName.putIfAbsent(member, entry));
        } else {
            ToolNames.meantBy(normalised).forEach(name -> byName.putIfAbsent(name, entry));
            byPlugin.putIfAbsent(normalised, entry);
        }
    }

    /** Whether nothing but blanks was written. */
    boolean isEmpty() {
        return empty;
    }

    /** The entry that matches, as written; null if none does. */
    @Nullable
    String match(Candidate tool) {
        String entry = byName.get(tool.name());
        if (entry == null && tool.plugin() != null) {
            entry = byPlugin.get(tool.plugin());
            if (entry == null) {
                entry = everyPlugin;
            }
        }
        if (entry != null) {
            return entry;
        }
        for (Pattern pattern : patterns) {
            if (pattern.glob().matches(tool.name())) {
                return pattern.entry();
            }
        }
        return null;
    }
}
