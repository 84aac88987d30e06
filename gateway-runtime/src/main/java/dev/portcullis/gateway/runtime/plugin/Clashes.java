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
 * Names that more than one plugin claims. A built-in keeps its name; otherwise nobody does, because the order of files in a
 * folder must not decide whose code runs under a name.
 */
final class Clashes {
    private Clashes() {}

    static Map<PluginLoading, Refusal> ofProviders(List<PluginLoading> plugins) {
        return find(
                plugins,
                plugin -> plugin.providers().stream().map(ProviderInstance::name),
                "provider",
                "Rename one of them if it is yours; otherwise keep one of the plugins.");
    }

    static Map<PluginLoading, Refusal> ofTools(List<PluginLoading> plugins) {
        return find(
                plugins,
                plugin -> plugin.providers().stream()
                        .flatMap(provider -> provider.tools().stream())
                        .map(Clashes::ruleName),
                "tool",
                "Keep one of the plugins, or switch one off in its plugins.entries block.");
    }

    /** Policies speak of a tool by its normalised name: two tools that share it cannot be told apart. */
    private static String ruleName(CatalogTool tool) {
        return ToolNames.normalise(tool.description().name());
    }

    private static Map<PluginLoading, Refusal> find(
            List<PluginLoading> plugins, Function<PluginLoading, Stream<String>> names, String thing, String remedy) {
        Map<String, List<PluginLoading>> claims = new TreeMap<>();
        for (PluginLoading plugin : plugins) {
            names.apply(plugin)
                    .forEach(name ->
                            claims.computeIfAbsent(name, n -> new ArrayList<>()).add(plugin));
        }
        Map<PluginLoading, Refusal> refused = new LinkedHashMap<>();
        claims.forEach((name, claimants) -> {
            if (claimants.size() > 1) {
                boolean builtIn = claimants.stream().anyMatch(PluginLoading::builtIn);
                boolean foldersOnly =
                        claimants.stream().filter(PluginLoading::builtIn).count() < 2;
                for (PluginLoading claimant : claimants) {
                    if (!(builtIn && foldersOnly && claimant.builtIn())) {
                        refused.putIfAbsent(claimant, new Refusal(why(thing, name, claimant, claimants), remedy));
                    }
                }
            }
        });
        return refused;
    }

    private static String why(String thing, String name, PluginLoading self, List<PluginLoading> claimants) {
        List<PluginLoading> others =
                claimants.stream().filter(c -> c != self).distinct().toList();
        if (others.isEmpty()) {
            return "It has two " + thing + "s named \"" + name + "\".";
        }
        boolean builtIn = others.stream().anyMatch(PluginLoading::builtIn);
        String who = others.stream().map(o -> o.identity().id()).sorted().collect(Collectors.joining(", "));
        return "Its " + thing + " \"" + name + "\" has the name of one of " + (builtIn ? "the built-in " : "") + who
                + (builtIn ? ", which keeps it." : ", and neither can be preferred to the other.");
    }
}
