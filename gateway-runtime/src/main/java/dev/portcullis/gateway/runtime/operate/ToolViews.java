package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.catalog.ToolDescription;
import dev.portcullis.gateway.runtime.operate.OperatorAnswer.Status;
import dev.portcullis.gateway.runtime.policy.Decision;
import dev.portcullis.gateway.runtime.policy.Denied;
import dev.portcullis.gateway.runtime.policy.Explanation;
import dev.portcullis.gateway.runtime.policy.ToolNames;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.SessionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tools, and what policy decides about them for the operator who asks. */
final class ToolViews {
    private final OperatorSnapshot snapshot;

    ToolViews(OperatorSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    OperatorAnswer list(OperatorRequest request) {
        InvocationContext context = context(request);
        // One question for those that pass; the label of the others is worth a question each.
        Set<String> reachable = Set.copyOf(snapshot.policy().reachable(context));
        List<@Nullable Object> tools = new ArrayList<>();
        for (ToolDescription tool : snapshot.catalog().descriptions()) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("name", tool.name());
            shown.put("description", tool.description());
            shown.put("plugin", tool.provider());
            shown.put("builtIn", tool.builtIn());
            if (reachable.contains(tool.name())) {
                shown.put("allowed", true);
            } else {
                decided(shown, snapshot.policy().decide(tool.name(), context));
            }
            tools.add(shown);
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("context", shown(context));
        body.put("tools", tools);
        return OperatorAnswer.ok(body);
    }

    OperatorAnswer describe(String name) {
        Optional<ToolDescription> found = snapshot.catalog().describe(ToolNames.requested(name.strip()));
        if (found.isEmpty()) {
            return OperatorAnswer.error(
                    Status.UNKNOWN,
                    "not_found",
                    "No loaded plugin has a tool \"" + name + "\"; known: "
                            + String.join(
                                    ", ",
                                    snapshot.catalog().descriptions().stream()
                                            .map(ToolDescription::name)
                                            .toList()));
        }
        ToolDescription tool = found.get();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("name", tool.name());
        body.put("description", tool.description());
        body.put("plugin", tool.provider());
        body.put("pluginVersion", tool.pluginVersion());
        body.put("builtIn", tool.builtIn());
        body.put("timeoutMs", timeout(tool).toMillis());
        body.put("inputSchema", tool.inputSchema());
        return OperatorAnswer.ok(body);
    }

    OperatorAnswer decision(String name, OperatorRequest request) {
        InvocationContext context = context(request);
        Explanation explanation = snapshot.policy().explain(ToolNames.requested(name.strip()), context);
        Optional<ToolDescription> tool = snapshot.catalog().describe(explanation.tool());
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("tool", explanation.tool());
        body.put("exists", tool.isPresent());
        body.put("plugin", tool.map(ToolDescription::provider).orElse(null));
        decided(body, explanation.decision());
        body.put("context", shown(context));
        body.put("steps", explanation.lines().stream().map(ToolViews::step).toList());
        body.put("changes", explanation.changes());
        return OperatorAnswer.ok(body);
    }

    private static Map<String, @Nullable Object> step(Explanation.Line line) {
        Map<String, @Nullable Object> step = new LinkedHashMap<>();
        step.put("step", line.step());
        step.put("label", line.label());
        step.put("opinion", line.opinion().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        step.put("entry", line.entry().orElse(null));
        step.put("text", line.text());
        return step;
    }

    private static void decided(Map<String, @Nullable Object> shown, Decision decision) {
        shown.put("allowed", !(decision instanceof Denied));
        if (decision instanceof Denied denied) {
            shown.put("label", denied.label());
            shown.put("reason", denied.reason());
        }
    }

    private Duration timeout(ToolDescription tool) {
        Duration configured = snapshot.config().invoke().timeouts().get(tool.name());
        return configured != null
                ? configured
                : tool.timeout().orElse(snapshot.config().invoke().timeout());
    }

    private InvocationContext context(OperatorRequest request) {
        return snapshot.sessions()
                .resolve(new SessionRequest(
                        request.principal(),
                        InvocationContext.HTTP,
                        request.parameter("sessionKey"),
                        request.parameter("agentId"),
                        request.parameter("channel"),
                        request.parameter("account")));
    }

    private static Map<String, @Nullable Object> shown(InvocationContext context) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("sessionKey", context.sessionKey());
        shown.put("agentId", context.agentId());
        shown.put("channel", context.channel().orElse(null));
        shown.put("accountId", context.accountId().orElse(null));
        shown.put("principal", context.principal().name());
        return shown;
    }
}
