package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.ToolRules.Profile;
import java.util.List;
import java.util.Optional;

/**
 * One scope of tool rules, judged as it is written and alone: for those who look at configurations without a gateway. Never for
 * a decision; {@link PolicyEngine} makes those.
 *
 * @param profile empty for none
 * @param allow restricts nothing if it is empty
 */
public record WrittenRules(Optional<Profile> profile, List<String> allow, List<String> alsoAllow, List<String> deny) {
    public WrittenRules {
        allow = List.copyOf(allow);
        alsoAllow = List.copyOf(alsoAllow);
        deny = List.copyOf(deny);
    }

    /** Whether the scope lets a core tool pass. */
    public boolean pass(String tool) {
        Candidate candidate = Candidate.of(tool, null);
        if (Entries.of(deny).match(candidate) != null) {
            return false;
        }
        Entries also = Entries.of(alsoAllow);
        boolean added = Rule.allowing(also, candidate) != null;
        boolean inProfile = profile.map(CoreTool::allowedBy)
                .map(Entries::of)
                .map(entries -> added || Rule.allowing(entries, candidate) != null)
                .orElse(true);
        Entries allowed = Entries.of(allow);
        return inProfile && (allowed.isEmpty() || added || Rule.allowing(allowed, candidate) != null);
    }

    /** Whether the scope names a tool among those it denies. */
    public boolean deny(String tool) {
        return Entries.of(deny).match(Candidate.of(tool, null)) != null;
    }
}
