package dev.portcullis.gateway.runtime.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured steps of one shape of context, with the answer for every tool of the index worked out. */
final class EffectivePolicy {
    /**
     * What the configured steps say about a tool.
     *
     * @param early whether a step before the plugins' policies removed it
     */
    record Outcome(Candidate candidate, Decision decision, boolean early) {}

    private final List<Step> before;
    private final Step last;
    private final Map<String, Outcome> known;
    private final List<String> passing;

    EffectivePolicy(List<Step> before, Step last, Map<String, Candidate> index) {
        this.before = List.copyOf(before);
        this.last = last;
        Map<String, Outcome> outcomes = HashMap.newHashMap(index.size());
        index.forEach((tool, candidate) -> outcomes.put(tool, workOut(tool, candidate)));
        this.known = Map.copyOf(outcomes);
        this.passing = known.values().stream()
                .map(Outcome::decision)
                .filter(Allowed.class::isInstance)
                .map(Decision::tool)
                .sorted()
                .toList();
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

    /** The outcome for a tool of the index. */
    Optional<Outcome> known(String tool) {
        return Optional.ofNullable(known.get(tool));
    }

    Outcome workOut(String tool, Candidate candidate) {
        for (Step step : before) {
            Verdict verdict = step.judge(candidate);
            if (verdict.removes()) {
                return new Outcome(candidate, denied(tool, verdict), true);
            }
        }
        Verdict verdict = last.judge(candidate);
        return new Outcome(candidate, verdict.removes() ? denied(tool, verdict) : new Allowed(tool), false);
    }

    static Denied denied(String tool, Verdict verdict) {
        return new Denied(tool, verdict.label(), verdict.text(), verdict.change());
    }
}
