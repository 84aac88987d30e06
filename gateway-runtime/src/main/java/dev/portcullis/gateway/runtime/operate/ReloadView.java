package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.operate.OperatorAnswer.Status;
import dev.portcullis.gateway.runtime.operate.Reloads.What;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST reload}. */
final class ReloadView {
    private final Reloads reloads;

    private final Supplier<OperatorSnapshot> live;

    /** @param live what serves, before and after */
    ReloadView(Reloads reloads, Supplier<OperatorSnapshot> live) {
        this.reloads = reloads;
        this.live = live;
    }

    OperatorAnswer reload(OperatorRequest request, OperatorSnapshot snapshot) {
        Optional<String> plugin = request.text("plugin");
        What what = what(request.text("what").orElse(plugin.isPresent() ? "plugins" : "everything"));
        if (plugin.isPresent() && what == What.CONFIG) {
            throw new InvalidRequestException("\"plugin\" names what is loaded anew: leave \"what\" out");
        }
        List<String> known = snapshot.plugins().names();
        if (plugin.isPresent() && !known.contains(plugin.get())) {
            return OperatorAnswer.error(
                    Status.UNKNOWN,
                    "not_found",
                    "There is no plugin \"" + plugin.get() + "\"; known: " + String.join(", ", known));
        }
        Reloads.Report report = reloads.reload(what, plugin);
        if (!report.accepted()) {
            return OperatorAnswer.error(
                    Status.INVALID,
                    "reload_skipped",
                    "Nothing was changed: " + String.join(System.lineSeparator(), report.problems()));
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("changes", report.changes());
        if (what != What.CONFIG) {
            body.put("problems", problems(plugin, snapshot.plugins(), live.get().plugins()));
        }
        body.put("restart", reloads.state().restart());
        return OperatorAnswer.ok(body);
    }

    /** Of the plugin that was named, or of all. */
    private static List<String> problems(Optional<String> name, PluginSet before, PluginSet now) {
        Set<String> ids = before.plugins().stream()
                .filter(plugin -> name.isPresent() && plugin.names().contains(name.get()))
                .map(plugin -> plugin.identity().id())
                .collect(Collectors.toSet());
        return now.problems().stream()
                .filter(problem -> name.isEmpty() || ids.contains(problem.plugin()))
                .map(PluginProblem::text)
                .toList();
    }

    private static What what(String word) {
        return switch (word) {
            case "config" -> What.CONFIG;
            case "plugins" -> What.PLUGINS;
            case "everything" -> What.EVERYTHING;
            default ->
                throw new InvalidRequestException("\"what\" is \"" + word + "\"; known: config, plugins, everything");
        };
    }
}
