package dev.portcullis.gateway.runtime.policy;

import org.jspecify.annotations.Nullable;

/**
 * A tool as the steps see it.
 *
 * @param name normalised
 * @param plugin the folder plugin that provides it, lower case; null for built-ins and for names that nobody provides
 * @param core whether the names table has it
 */
record Candidate(String name, @Nullable String plugin, boolean core) {
    static Candidate of(String tool, @Nullable String plugin) {
        String name = ToolNames.normalise(tool);
        return new Candidate(name, plugin, CoreTool.named(name).isPresent());
    }

    Candidate named(String other) {
        return new Candidate(other, plugin, core);
    }
}
