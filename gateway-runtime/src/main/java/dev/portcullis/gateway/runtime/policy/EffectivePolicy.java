package dev.portcullis.gateway.runtime.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured steps of one shape of context, with the tools of the index that pass them worked out. */
final class EffectivePolicy {
    /** Of what plugins may name a tool, with room to spare. What is longer is no tool, as everybody may know. */
    private static final int LONGEST_NAME = 128;

    private final List<Step> before;
    private final Step last;
    private final Map<String, Allowed> allowed;
    private final List<String> passing;

    EffectivePolicy(List<Step> before, Step last, Map<String, Candidate> index) {
        this.before = List.copyOf(before);
        this.last = last;
        Map<String, Allowed> permissions = new HashMap<>();
        index.forEach((tool, candidate) -> {
            if (passes(candidate)) {
                permissions.put(tool, new Allowed(tool));
            }
        });
        this.allowed = Map.copyOf(permissions);
        this.passing = permissions.keySet().stream().sorted().toList();
    }

    /** The steps up to the plugins' policies, idle ones included. */
    List<Step> before() {
        return before;
    }

    Step last() {
        return last;
    }

    /** The tools of the index that pass, sorted. */
    List<String> passing() {
        return passing;
    }

    /** The permission for a tool of the index that passes. Of other names nothing is kept, whether they are tools or not. */
    @Nullable
    Allowed allowed(String tool) {
        return allowed.get(tool);
    }

    /**
     * What removes a tool: the verdict of the first step that does, with the answers of policy sources before the last step.
     * Every step is asked, also after that one, so that it does not show in the time which step it was.
     */
    @Nullable
    Verdict firstRemoval(Candidate tool, List<SourceSteps> answers) {
        boolean all = tool.name().length() <= LONGEST_NAME;
        Verdict first = firstRemoval(null, tool, before, all);
        for (SourceSteps answer : answers) {
            first = firstRemoval(first, tool, answer.steps(), all);
        }
        return firstRemoval(first, tool, List.of(last), all);
    }

    static @Nullable Verdict firstRemoval(
            @Nullable Verdict earlier, Candidate tool, Iterable<? extends Step> steps, boolean all) {
        Verdict first = earlier;
        for (Step step : steps) {
            if (first != null && !all) {
                return first;
            }
            Verdict verdict = step.judge(tool);
            if (first == null && verdict.removes()) {
                first = verdict;
            }
        }
        return first;
    }

    private boolean passes(Candidate tool) {
        return firstRemoval(firstRemoval(null, tool, before, false), tool, List.of(last), false) == null;
    }

    static Denied denied(String tool, Verdict verdict) {
        return new Denied(tool, verdict.label(), verdict.text(), verdict.change());
    }
}
