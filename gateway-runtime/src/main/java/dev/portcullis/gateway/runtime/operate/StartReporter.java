package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.runtime.catalog.ToolDescription;
import dev.portcullis.gateway.runtime.operate.StartReport.PluginLine;
import dev.portcullis.gateway.runtime.operate.StartReport.ToolLine;
import dev.portcullis.gateway.runtime.plugin.LoadedPlugin;
import dev.portcullis.gateway.runtime.plugin.PluginOrigin;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.policy.Denied;
import dev.portcullis.gateway.runtime.policy.Explanation;
import dev.portcullis.gateway.runtime.policy.PolicyUnavailableException;
import dev.portcullis.gateway.runtime.session.InvalidSessionException;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.SessionRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Makes the report of a start from the first snapshot; for {@code Gateway}. */
public final class StartReporter {
    private final OperatorSnapshot snapshot;

    /** A source that gave no answer is not asked about every other tool too: each time it may be late. */
    private Optional<ToolLine> unanswered = Optional.empty();

    private StartReporter(OperatorSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Asks policy about every tool, in the main session and as the operator. */
    public static StartReport report(String version, StartReport.Place place, OperatorSnapshot snapshot) {
        StartReporter reporter = new StartReporter(snapshot);
        return new StartReport(
                version,
                place,
                snapshot.config().document().name(),
                snapshot.config().auth().mode(),
                snapshot.plugins().plugins().stream().map(StartReporter::line).toList(),
                reporter.tools(every -> true),
                snapshot.plugins().problems().stream().map(PluginProblem::text).toList(),
                snapshot.plugins().skipped().stream()
                        .map(skipped -> skipped.plugin() + " (" + skipped.where() + "): " + skipped.reason())
                        .toList(),
                Warnings.of(snapshot));
    }

    /** Which tools of some providers cannot be reached, and what would show them, a sentence each. */
    public static List<String> hidden(Set<String> providers, OperatorSnapshot snapshot) {
        return new StartReporter(snapshot)
                .tools(tool -> providers.contains(tool.provider())).stream()
                        .filter(tool -> !tool.reachable())
                        .map(tool -> "Tool " + tool.name() + " of " + tool.plugin() + " is hidden by "
                                + tool.hiddenBy().orElse("policy") + ". To show it: "
                                + String.join("; ", tool.changes()) + ".")
                        .toList();
    }

    private static PluginLine line(LoadedPlugin plugin) {
        return new PluginLine(
                plugin.identity().id(),
                plugin.identity().version().orElse(""),
                plugin.identity().origin() == PluginOrigin.BUILT_IN,
                PluginViews.provides(plugin));
    }

    private List<ToolLine> tools(Predicate<ToolDescription> wanted) {
        Optional<InvocationContext> context = mainSession();
        return snapshot.catalog().descriptions().stream()
                .filter(wanted)
                .map(tool -> context.map(where -> line(tool, where))
                        .orElseGet(() -> hidden(tool, "agents", "name an agent with --agent: several are configured")))
                .toList();
    }

    /** Of the owner that requests without a session have; of the first agent if there is none. */
    private Optional<InvocationContext> mainSession() {
        try {
            return Optional.of(resolve(Optional.empty()));
        } catch (InvalidSessionException ambiguous) {
            return snapshot.config().agents().entries().keySet().stream()
                    .findFirst()
                    .map(agent -> resolve(Optional.of(agent)));
        }
    }

    private InvocationContext resolve(Optional<String> agent) {
        return snapshot.sessions()
                .resolve(new SessionRequest(
                        Principal.operator(),
                        InvocationContext.HTTP,
                        Optional.empty(),
                        agent,
                        Optional.empty(),
                        Optional.empty()));
    }

    private ToolLine line(ToolDescription tool, InvocationContext context) {
        if (unanswered.isPresent()) {
            ToolLine before = unanswered.get();
            return hidden(
                    tool, before.hiddenBy().orElseThrow(), before.changes().getFirst());
        }
        try {
            Explanation explanation = snapshot.policy().explain(tool.name(), context);
            return explanation.decision() instanceof Denied denied
                    ? new ToolLine(
                            tool.name(),
                            tool.provider(),
                            needsArguments(tool),
                            Optional.of(denied.label()),
                            explanation.changes())
                    : new ToolLine(tool.name(), tool.provider(), needsArguments(tool), Optional.empty(), List.of());
        } catch (PolicyUnavailableException unavailable) {
            ToolLine line =
                    hidden(tool, "plugins." + unavailable.source(), "the policy source gives no answer: see the log");
            unanswered = Optional.of(line);
            return line;
        }
    }

    private static ToolLine hidden(ToolDescription tool, String label, String change) {
        return new ToolLine(tool.name(), tool.provider(), needsArguments(tool), Optional.of(label), List.of(change));
    }

    private static boolean needsArguments(ToolDescription tool) {
        return tool.inputSchema().get("required") instanceof List<?> required && !required.isEmpty();
    }
}
