package dev.portcullis.gateway.runtime.policy;

import java.util.Set;

/**
 * A step by which a door or a kind of session has only some tools.
 *
 * @param names the tools it is about
 * @param onlyThese whether all others are removed, instead of these
 * @param why one sentence
 * @param change what would have to be different
 */
record RemovalStep(String name, Set<String> names, boolean onlyThese, String why, String change) implements Step {
    @Override
    public Verdict judge(Candidate tool) {
        return names.contains(tool.name()) == onlyThese
                ? Verdict.none(name, "does not concern this tool")
                : Verdict.removed(name, null, why, change);
    }
}
