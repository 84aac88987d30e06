package dev.portcullis.gateway.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names from the root of a configuration to a value in it. */
record ConfigPath(List<String> names) {
    static final ConfigPath ROOT = new ConfigPath(List.of());

    private static final Pattern PLAIN = Pattern.compile("[\\w$:*@-]+");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    ConfigPath {
        names = List.copyOf(names);
    }

    static ConfigPath of(String... names) {
        return new ConfigPath(List.of(names));
    }

    ConfigPath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new ConfigPath(longer);
    }

    ConfigPath item(int index) {
        return child("[" + index + "]");
    }

    /** In plain: the ones that a record has by itself are spun at every start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConfigPath path && names.equals(path.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            if (INDEX.matcher(name).matches()) {
                text.append(name);
            } else {
                text.append(text.isEmpty() ? "" : ".")
                        .append(PLAIN.matcher(name).matches() ? name : '"' + name + '"');
            }
        }
        return text.toString();
    }
}
