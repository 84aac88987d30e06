package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** When a gateway must not start: what is missing would let in, or permit, more than the operator configured. */
final class FailClosed {
    private final GatewayConfig config;

    FailClosed(GatewayConfig config) {
        this.config = config;
    }

    /** A problem of a plugin, made one that stops the start if it must. */
    PluginProblem weigh(PluginProblem problem, boolean builtIn, Set<ProviderKind> kinds, Collection<String> names) {
        if (builtIn) {
            return problem.stopping("It is a part of the gateway.");
        }
        if (kinds.contains(ProviderKind.POLICY)) {
            return problem.stopping("It has a policy source, and without its rules more would be allowed.");
        }
        for (String name : names) {
            if (required(name)) {
                return problem.stopping("plugins.entries." + name + ".required is true.");
            }
        }
        if (kinds.contains(ProviderKind.AUTH)) {
            for (Map.Entry<String, String> named : authNames().entrySet()) {
                if (names.contains(named.getKey())) {
                    return problem.stopping(named.getValue() + " names it.");
                }
            }
        }
        return problem;
    }

    /** What the configuration counts on and nothing provides, beyond the problems already known. */
    List<PluginProblem> missing(List<LoadedPlugin> loaded, List<SkippedPlugin> skipped) {
        List<PluginProblem> missing = new ArrayList<>();
        Set<String> authenticators = loaded.stream()
                .flatMap(plugin -> plugin.authenticators().stream())
                .map(authenticator -> authenticator.name())
                .collect(Collectors.toCollection(TreeSet::new));
        authNames().forEach((name, path) -> {
            if (!authenticators.contains(name)) {
                missing.add(new PluginProblem(
                        name,
                        "The " + AuthProvider.class.getSimpleName() + " \"" + name + "\" is not there",
                        path,
                        "No loaded plugin provides it; there are: "
                                + (authenticators.isEmpty() ? "none" : String.join(", ", authenticators)) + "."
                                + hint(skipped),
                        "Correct the name, or put the plugin that provides it into the plugins folder.",
                        true));
            }
        });
        Set<String> present =
                loaded.stream().flatMap(plugin -> namesOf(plugin).stream()).collect(Collectors.toSet());
        config.plugins().entries().forEach((name, entry) -> {
            if (entry.required() && !present.contains(name)) {
                missing.add(new PluginProblem(
                        name,
                        "The required plugin \"" + name + "\" is not loaded",
                        "plugins.entries." + name + ".required",
                        (config.plugins().enabled()
                                        ? "No loaded plugin, file or module has this name."
                                        : "plugins.enabled is false, so that no folder plugin is loaded.")
                                + hint(skipped),
                        "Put it into the plugins folder, or set required = false.",
                        true));
            }
        });
        return missing;
    }

    private static String hint(List<SkippedPlugin> skipped) {
        return skipped.isEmpty()
                ? ""
                : " Kept out by the configuration: "
                        + skipped.stream()
                                .map(s -> s.plugin() + " (" + s.reason() + ")")
                                .collect(Collectors.joining("; "))
                        + ".";
    }

    static Set<String> namesOf(LoadedPlugin plugin) {
        Set<String> names = new TreeSet<>(plugin.providerNames());
        String id = plugin.identity().id();
        names.add(id);
        names.add(id.endsWith(".jar") ? id.substring(0, id.length() - 4) : id);
        plugin.identity().moduleName().ifPresent(names::add);
        return names;
    }

    private boolean required(String name) {
        var entry = config.plugins().entries().get(name);
        return entry != null && entry.required();
    }

    /** Names of auth providers that the configuration uses, with the path that says so. */
    private Map<String, String> authNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(config.auth().mode(), "gateway.auth.mode");
        config.auth().providers().forEach(name -> names.putIfAbsent(name, "gateway.auth.providers"));
        return names;
    }
}
