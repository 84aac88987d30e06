package dev.portcullis.gateway.runtime.config;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The keys that reading a configuration asked for: what their values are, is known. The others are accepted without effect. */
public final class KnownKeys {
    static final KnownKeys ALL = new KnownKeys(path -> true);

    private final Predicate<ConfigPath> known;

    private KnownKeys(Predicate<ConfigPath> known) {
        this.known = known;
    }

    static KnownKeys of(Set<ConfigPath> used) {
        Set<ConfigPath> read = Set.copyOf(used);
        return new KnownKeys(path -> read.contains(path) && !isPluginBlock(path.names()));
    }

    /** Only the plugin knows what the values in its block mean. */
    private static boolean isPluginBlock(List<String> names) {
        return names.size() > 4
                && names.get(0).equals("plugins")
                && names.get(1).equals("entries")
                && names.get(3).equals("config");
    }

    /** Whether the value there, or the list that it is an item of, was asked for. */
    boolean has(ConfigPath path) {
        List<String> names = path.names();
        int length = names.size();
        while (length > 0 && names.get(length - 1).startsWith("[")) {
            length--;
        }
        return known.test(path) || known.test(new ConfigPath(names.subList(0, length)));
    }
}
