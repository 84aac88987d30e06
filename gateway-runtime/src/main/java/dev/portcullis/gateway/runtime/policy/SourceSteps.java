package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.api.policy.ToolPolicy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One answer of a policy source, compiled: its policies as steps, and which tools are known to pass them. */
final class SourceSteps {
    private final List<RuleStep> steps;

    /** Tools of the index that pass; what does not pass is never kept. */
    private final Set<String> passed = ConcurrentHashMap.newKeySet();

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

    /** Whether a tool is known to pass all of the answers. Every answer is looked at, whatever the first ones say. */
    static boolean passed(String tool, List<SourceSteps> answers) {
        boolean passed = true;
        for (int i = 0; i < answers.size(); i++) {
            passed &= answers.get(i).passed.contains(tool);
        }
        return passed;
    }

    /** Remembers that a tool of the index passes all of the answers. */
    static void pass(String tool, List<SourceSteps> answers) {
        answers.forEach(answer -> answer.passed.add(tool));
    }
}
