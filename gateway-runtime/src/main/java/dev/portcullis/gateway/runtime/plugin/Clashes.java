package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.policy.ToolNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names that more than one plugin claims. A built-in keeps its name, and so does what serves already; otherwise nobody has it,
 * because the order of files in a folder must not decide whose code runs under a name.
 */
final class Clashes {
    /** Who has a name before others, the first first. */
    private enum Right {
        BUILT_IN,
        SERVES,
        /** A new generation of what has the name. */
        SUCCEEDS,
        NONE
    }

    private final String thing;
    private final String remedy;
    private final Function<ProviderInstance, Stream<String>> names;

    private Clashes(String thing, String remedy, Function<ProviderInstance, Stream<String>> names) {
        this.thing = thing;
        this.remedy = remedy;
        this.names = names;
    }

    static Map<PluginLoading, Refusal> ofProviders(List<PluginLoading> plugins) {
        return new Clashes(
                        "provider",
                        "Rename one of them if it is yours; otherwise keep one of the plugins.",
                        provider -> Stream.of(provider.name()))
                .find(plugins);
    }

    static Map<PluginLoading, Refusal> ofTools(List<PluginLoading> plugins) {
        return new Clashes(
                        "tool",
                        "Keep one of the plugins, or switch one off in its plugins.entries block.",
                        provider -> provider.tools().stream().map(Clashes::ruleName))
                .find(plugins);
    }

    /** Policies speak of a tool by its normalised name: two tools that share it cannot be told apart. */
    private static String ruleName(CatalogTool tool) {
        return ToolNames.normalise(tool.description().name());
    }

    private Map<PluginLoading, Refusal> find(List<PluginLoading> plugins) {
        Map<String, List<PluginLoading>> claims = new TreeMap<>();
        for (PluginLoading plugin : plugins) {
            plugin.providers().stream()
                    .flatMap(names)
                    .forEach(name ->
                            claims.computeIfAbsent(name, n -> new ArrayList<>()).add(plugin));
        }
        Map<PluginLoading, Refusal> refused = new LinkedHashMap<>();
        claims.forEach((name, claimants) -> {
            if (claimants.size() > 1) {
                Right best = claimants.stream()
                        .map(claimant -> right(claimant, name))
                        .min(Right::compareTo)
                        .orElseThrow();
                boolean decided = best != Right.NONE
                        && claimants.stream()
                                        .filter(claimant -> right(claimant, name) == best)
                                        .count()
                                == 1;
                for (PluginLoading claimant : claimants) {
                    if (!(decided && right(claimant, name) == best)) {
                        refused.putIfAbsent(claimant, new Refusal(why(name, claimant, claimants), remedy));
                    }
                }
            }
        });
        return refused;
    }

    private Right right(PluginLoading plugin, String name) {
        if (plugin.builtIn()) {
            return Right.BUILT_IN;
        }
        if (plugin.kept()) {
            return Right.SERVES;
        }
        boolean had = plugin.replaces().stream()
                .flatMap(old -> old.providers().stream())
                .flatMap(names)
                .anyMatch(name::equals);
        return had ? Right.SUCCEEDS : Right.NONE;
    }

    private String why(String name, PluginLoading self, List<PluginLoading> claimants) {
        List<PluginLoading> others =
                claimants.stream().filter(c -> c != self).distinct().toList();
        if (others.isEmpty()) {
            return "It has two " + thing + "s named \"" + name + "\".";
        }
        String who = others.stream().map(o -> o.identity().id()).sorted().collect(Collectors.joining(", "));
        String has = "Its " + thing + " \"" + name + "\" has the name of one of ";
        if (others.stream().anyMatch(PluginLoading::builtIn)) {
            return has + "the built-in " + who + ", which keeps it.";
        }
        return others.stream().anyMatch(other -> right(other, name) != Right.NONE)
                ? has + who + ", which serves and keeps it."
                : has + who + ", and neither can be preferred to the other.";
    }
}
