package dev.portcullis.gateway.runtime.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a load follows: the plugins that serve while it goes on. For {@code Gateway}.
 *
 * @param running what serves
 * @param occasion why it is loaded again
 * @param waiting plugins whose files are still being written: whatever serves of them stays
 * @param again names of plugins to be loaded anew although nothing changed
 */
public record Predecessor(Optional<PluginSet> running, Occasion occasion, Set<Path> waiting, Set<String> again) {
    /** Why plugins are loaded. */
    public enum Occasion {
        START,
        /** The configuration changed: it goes live as a start would have it, or not at all. */
        CONFIGURATION,
        /** Files changed: what failed, and did not change, is not tried again. */
        FILES,
        /** Somebody asked for it. */
        REQUEST
    }

    /** Nothing serves yet. */
    public static final Predecessor NONE = new Predecessor(Optional.empty(), Occasion.START, Set.of(), Set.of());

    public Predecessor {
        waiting = Set.copyOf(waiting);
        again = Set.copyOf(again);
    }

    public static Predecessor of(PluginSet running, Occasion occasion, Set<Path> waiting, Set<String> again) {
        return new Predecessor(Optional.of(running), occasion, waiting, again);
    }

    boolean serving() {
        return running.isPresent();
    }

    /** Whether what a start would insist on is insisted on. */
    boolean strict() {
        return occasion == Occasion.START || occasion == Occasion.CONFIGURATION;
    }

    boolean retries() {
        return occasion != Occasion.FILES;
    }

    List<LoadedPlugin> plugins() {
        return running.map(PluginSet::plugins).orElse(List.of());
    }

    Optional<LoadedPlugin> at(Path path) {
        return plugins().stream()
                .filter(plugin -> plugin.identity().file().equals(Optional.of(path)))
                .findFirst();
    }

    Optional<LoadedPlugin> builtIn(String id) {
        return plugins().stream()
                .filter(plugin -> plugin.identity().origin() == PluginOrigin.BUILT_IN
                        && plugin.identity().id().equals(id))
                .findFirst();
    }

    boolean again(LoadedPlugin plugin) {
        return FailClosed.namesOf(plugin).stream().anyMatch(again::contains);
    }

    /** What the configuration kept out of a plugin that stays. */
    List<SkippedPlugin> skippedAt(String where) {
        return running.stream()
                .flatMap(set -> set.skipped().stream())
                .filter(skipped -> skipped.where().equals(where))
                .toList();
    }
}
