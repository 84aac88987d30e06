package dev.portcullis.gateway.runtime.plugin;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something an operator has to know about a plugin, in four parts. For the log, the commands and the readiness detail.
 *
 * @param plugin file name, module name or provider name
 * @param what what happened
 * @param where the file or the configuration path
 * @param why the cause, a sentence
 * @param remedy what to do, a sentence
 * @param fatal whether the gateway must not start with it
 * @param identity what is known of the plugin, if it came so far
 * @param declares what it wanted to provide, in words
 * @param names by which it may be meant besides, as far as it came
 */
public record PluginProblem(
        String plugin,
        String what,
        String where,
        String why,
        String remedy,
        boolean fatal,
        Optional<PluginIdentity> identity,
        List<String> declares,
        Set<String> names) {
    public PluginProblem {
        declares = List.copyOf(declares);
        names = Set.copyOf(names);
    }

    /** Of something that has no file, or whose files nobody looked into. */
    public PluginProblem(String plugin, String what, String where, String why, String remedy, boolean fatal) {
        this(plugin, what, where, why, remedy, fatal, Optional.empty(), List.of(), Set.of());
    }

    /** The same problem with what is known of the plugin. */
    PluginProblem of(PluginIdentity known, Set<ProviderKind> kinds, Set<String> every) {
        return new PluginProblem(
                plugin,
                what,
                where,
                why,
                remedy,
                fatal,
                Optional.of(known),
                kinds.stream().map(ProviderKind::words).sorted().toList(),
                every);
    }

    /** Whether an operator may call the plugin so. */
    public boolean isNamed(String name) {
        return plugin.equals(name) || plugin.equals(name + ".jar") || names.contains(name);
    }

    static PluginProblem notLoaded(String plugin, String where, Refusal refusal) {
        return new PluginProblem(
                plugin, "Plugin " + plugin + " is not loaded", where, refusal.why(), refusal.remedy(), false);
    }

    /** The newer one of a plugin that serves cannot take its place. */
    static PluginProblem notReplaced(String plugin, String where, int serving, Refusal refusal) {
        return new PluginProblem(
                plugin,
                "Plugin " + plugin + " is not replaced: "
                        + (serving == 0 ? "what was loaded before" : "generation " + serving) + " goes on serving",
                where,
                refusal.why(),
                refusal.remedy(),
                false);
    }

    /** One whose file is gone, and without which the gateway would not start. */
    static PluginProblem notRemoved(PluginIdentity plugin, String where) {
        return new PluginProblem(
                plugin.id(),
                "Plugin " + plugin.id() + " is not removed: generation " + plugin.generation() + " goes on serving",
                plugin.where(),
                "Its file is gone, and " + where + " counts on it: a restart would fail.",
                "Put the file back, or change " + where + ".",
                false);
    }

    /** The same problem as one that stops the start, with the reason why it does. */
    PluginProblem stopping(String because) {
        return fatal ? this : new PluginProblem(plugin, what, where, why + " " + because, remedy, true);
    }

    /** The same problem where everything goes on as it is. */
    PluginProblem whileServing() {
        return new PluginProblem(
                plugin, what, where, why + " What serves goes on without it; a restart would fail.", remedy, false);
    }

    /** All parts as one line. */
    public String text() {
        return what + " (" + where + "). " + why + " " + remedy;
    }

    @Override
    public String toString() {
        return text();
    }
}
