package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.plugin.DepartedPlugins;
import dev.portcullis.gateway.runtime.plugin.LoadedPlugin;
import dev.portcullis.gateway.runtime.plugin.PluginIdentity;
import dev.portcullis.gateway.runtime.plugin.PluginOrigin;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.plugin.SkippedPlugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The plugins: those that serve, those in quarantine, those that the configuration keeps out. */
final class PluginViews {
    private PluginViews() {}

    static OperatorAnswer list(OperatorSnapshot snapshot) {
        PluginSet set = snapshot.plugins();
        List<@Nullable Object> plugins = new ArrayList<>();
        set.plugins().forEach(plugin -> plugins.add(loaded(plugin, snapshot)));
        set.problems().forEach(problem -> plugins.add(quarantined(problem)));
        set.skipped().forEach(skipped -> plugins.add(disabled(skipped)));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("plugins", plugins);
        body.put(
                "warnings",
                Stream.of(
                                set.warnings().stream(),
                                snapshot.invocations().warnings().stream(),
                                snapshot.lingering().stream().map(DepartedPlugins.Lingering::text))
                        .flatMap(texts -> texts)
                        .toList());
        return OperatorAnswer.ok(body);
    }

    static Map<String, @Nullable Object> loaded(LoadedPlugin plugin, OperatorSnapshot snapshot) {
        PluginIdentity identity = plugin.identity();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", identity.id());
        shown.put("status", "loaded");
        shown.put("version", identity.version().orElse(null));
        shown.put("apiVersion", identity.apiVersion().orElse(null));
        shown.put("builtIn", identity.origin() == PluginOrigin.BUILT_IN);
        shown.put("source", identity.file().map(Path::toString).orElse("built in"));
        shown.put("sha256", identity.sha256().orElse(null));
        shown.put("generation", (long) identity.generation());
        shown.put("providers", plugin.providerNames());
        shown.put("provides", provides(plugin));
        shown.put(
                "tools",
                plugin.tools().stream().map(tool -> tool.description().name()).toList());
        List<OperatorSnapshot.Runaway> runaways = snapshot.invocations().runaways().stream()
                .filter(one -> plugin.providerNames().contains(one.provider()))
                .toList();
        shown.put(
                "runawayTools",
                runaways.stream().map(OperatorSnapshot.Runaway::tool).toList());
        shown.put("unusedKeys", plugin.unusedKeys());
        shown.put("warnings", warnings(plugin, runaways, snapshot));
        return shown;
    }

    /** Its own, of the schemas of its tools, what runs on, and what earlier generations of it left behind. */
    private static List<String> warnings(
            LoadedPlugin plugin, List<OperatorSnapshot.Runaway> runaways, OperatorSnapshot snapshot) {
        PluginIdentity identity = plugin.identity();
        return Stream.of(
                        identity.warnings().stream(),
                        plugin.tools().stream().flatMap(tool -> tool.hazards().stream()),
                        runaways.stream().map(OperatorSnapshot.Runaway::text),
                        snapshot.lingering().stream()
                                .filter(one -> one.plugin().equals(identity.id()))
                                .map(DepartedPlugins.Lingering::text))
                .flatMap(texts -> texts)
                .toList();
    }

    static List<String> provides(LoadedPlugin plugin) {
        List<String> kinds = new ArrayList<>();
        if (!plugin.tools().isEmpty()) {
            kinds.add("tools");
        }
        plugin.authenticators().forEach(one -> kinds.add("auth provider " + one.name()));
        plugin.policySources().forEach(one -> kinds.add("policy source " + one.name()));
        return kinds;
    }

    static Map<String, @Nullable Object> quarantined(PluginProblem problem) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", problem.plugin());
        shown.put("status", "quarantined");
        shown.put("source", problem.where());
        shown.put("problem", problem.text());
        problem.identity().ifPresent(identity -> {
            shown.put("version", identity.version().orElse(null));
            shown.put("apiVersion", identity.apiVersion().orElse(null));
            shown.put("sha256", identity.sha256().orElse(null));
            shown.put("provides", problem.declares());
        });
        return shown;
    }

    static Map<String, @Nullable Object> disabled(SkippedPlugin skipped) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", skipped.plugin());
        shown.put("status", "disabled");
        shown.put("source", skipped.where());
        shown.put("problem", skipped.reason());
        return shown;
    }
}
