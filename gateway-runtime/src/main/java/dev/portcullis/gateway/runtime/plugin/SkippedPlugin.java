package dev.portcullis.gateway.runtime.plugin;

import java.util.Set;

/**
 * A plugin or a provider that the configuration keeps out. For the commands and the log.
 *
 * @param plugin file name, or module name of a built-in
 * @param where the file
 * @param reason the configuration line, in words
 * @param names by which it may be meant, as far as they were known when it was decided
 */
public record SkippedPlugin(String plugin, String where, String reason, Set<String> names) {
    public SkippedPlugin {
        names = Set.copyOf(names);
    }

    /** Whether an operator may call it so. */
    public boolean isNamed(String name) {
        return plugin.equals(name) || names.contains(name);
    }
}
