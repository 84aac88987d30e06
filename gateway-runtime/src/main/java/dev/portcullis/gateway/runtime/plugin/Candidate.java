package dev.portcullis.gateway.runtime.plugin;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A plugin that asks to be loaded, as far as it is known when that is decided.
 *
 * @param kinds what it would provide
 * @param names by which the configuration may mean it, the likeliest first
 * @param replaces the generation that serves until this one does
 */
record Candidate(PluginIdentity identity, Set<ProviderKind> kinds, Set<String> names, Optional<LoadedPlugin> replaces) {
    Candidate {
        kinds = Set.copyOf(kinds);
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }
}
