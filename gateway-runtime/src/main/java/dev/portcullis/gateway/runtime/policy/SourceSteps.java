package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.api.policy.ToolPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One answer of a policy source, compiled: its policies as steps, and what they say about tools already asked for. */
final class SourceSteps {
    private final List<RuleStep> steps;

    /** What removes a tool of the index; never more entries than the index has. */
    private final Map<String, Optional<Verdict>> removals = new ConcurrentHashMap<>();

    private SourceSteps(List<RuleStep> steps) {
        this.steps = List.copyOf(steps);
    }

    static SourceSteps of(String source, List<ToolPolicy> policies) {
        String change = "ask whoever runs the plugin " + source + ", or look at plugins.entries." + source;
        return new SourceSteps(policies.stream()
                .map(policy -> RuleStep.fixed("plugins." + source + ":" + policy.label(), Rule.of(policy), change))
                .toList());
    }

    List<RuleStep> steps() {
        return steps;
    }

    /** The first verdict that removes the tool. */
    Optional<Verdict> removal(String tool, Candidate candidate, boolean known) {
        return known ? removals.computeIfAbsent(tool, key -> find(candidate)) : find(candidate);
    }

    private Optional<Verdict> find(Candidate candidate) {
        for (RuleStep step : steps) {
            Verdict verdict = step.judge(candidate);
            if (verdict.removes()) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }
}
