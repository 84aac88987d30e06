package dev.portcullis.gateway.runtime.operate;

import static dev.portcullis.gateway.runtime.operate.OperatorAnswer.Status.UNKNOWN;

import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.config.Nearest;
import dev.portcullis.gateway.runtime.plugin.LoadedPlugin;
import dev.portcullis.gateway.runtime.plugin.PluginIdentity;
import dev.portcullis.gateway.runtime.plugin.PluginModule;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.plugin.SkippedPlugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One plugin, with all that is known about it. */
final class PluginInspection {
    private PluginInspection() {}

    static OperatorAnswer show(String name, OperatorSnapshot snapshot) {
        PluginSet set = snapshot.plugins();
        Optional<Map<String, @Nullable Object>> found = set.plugins().stream()
                .filter(plugin -> plugin.names().contains(name))
                .findFirst()
                .map(plugin -> loaded(plugin, snapshot))
                .or(() -> set.problems().stream()
                        .filter(problem -> problem.isNamed(name))
                        .findFirst()
                        .map(problem -> quarantined(problem, set)))
                .or(() -> set.skipped().stream()
                        .filter(skipped -> skipped.isNamed(name))
                        .findFirst()
                        .map(PluginViews::disabled));
        return found.map(OperatorAnswer::ok)
                .orElseGet(() -> OperatorAnswer.error(UNKNOWN, "not_found", miss(name, set)));
    }

    private static String miss(String name, PluginSet set) {
        Set<String> ids = ids(set);
        Set<String> every = new TreeSet<>(ids);
        set.plugins().forEach(plugin -> every.addAll(plugin.names()));
        set.problems().forEach(problem -> every.addAll(problem.names()));
        set.skipped().forEach(skipped -> every.addAll(skipped.names()));
        String question = Nearest.question(name, every);
        return "There is no plugin \"" + name + "\". " + (question.isEmpty() ? "" : question + " ") + "There are: "
                + String.join(", ", ids);
    }

    private static Set<String> ids(PluginSet set) {
        Set<String> ids = new TreeSet<>();
        set.plugins().forEach(plugin -> ids.add(plugin.identity().id()));
        set.problems().stream().map(PluginProblem::plugin).forEach(ids::add);
        set.skipped().stream().map(SkippedPlugin::plugin).forEach(ids::add);
        return ids;
    }

    private static void kept(Map<String, @Nullable Object> shown, PluginIdentity identity) {
        shown.put("module", identity.moduleName().orElse(null));
        shown.put(
                "kind",
                switch (identity.kind()) {
                    case BOOT -> "part of the gateway";
                    case MODULE_LAYER -> "module layer of its own";
                    case CLASS_PATH -> "class path of its own";
                });
    }

    private static Map<String, @Nullable Object> loaded(LoadedPlugin plugin, OperatorSnapshot snapshot) {
        Map<String, @Nullable Object> shown = PluginViews.loaded(plugin, snapshot);
        kept(shown, plugin.identity());
        shown.put(
                "modules",
                plugin.modules().stream().map(PluginInspection::module).toList());
        shown.put(
                "services",
                plugin.providerNames().stream()
                        .flatMap(provider -> plugin.grantedServices(provider).stream())
                        .distinct()
                        .sorted()
                        .toList());
        shown.put("tools", plugin.tools().stream().map(PluginInspection::tool).toList());
        // a newer file that could not take its place
        String problems = problems(plugin.identity().id(), snapshot.plugins());
        if (!problems.isEmpty()) {
            shown.put("problem", problems);
        }
        return shown;
    }

    private static Map<String, @Nullable Object> module(PluginModule module) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", module.name());
        shown.put("version", module.version().orElse(null));
        shown.put("reads", List.copyOf(module.reads()));
        return shown;
    }

    private static Map<String, @Nullable Object> tool(CatalogTool tool) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", tool.description().name());
        shown.put("description", tool.description().description());
        shown.put("inputSchema", tool.description().inputSchema());
        return shown;
    }

    private static Map<String, @Nullable Object> quarantined(PluginProblem problem, PluginSet set) {
        Map<String, @Nullable Object> shown = PluginViews.quarantined(problem);
        shown.put("problem", problems(problem.plugin(), set));
        problem.identity().ifPresent(identity -> {
            kept(shown, identity);
            shown.put("warnings", identity.warnings());
        });
        return shown;
    }

    private static String problems(String plugin, PluginSet set) {
        return set.problems().stream()
                .filter(one -> one.plugin().equals(plugin))
                .map(PluginProblem::text)
                .collect(Collectors.joining(" "));
    }
}
