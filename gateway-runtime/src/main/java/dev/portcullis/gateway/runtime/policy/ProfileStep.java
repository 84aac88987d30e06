package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.ToolRules;
import dev.portcullis.gateway.runtime.config.ToolRules.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The profile of the agent, or else the global one, widened by the agent's {@code alsoAllow}, or else the global one. A tool
 * that the names table does not have passes because it was asked for: profiles know nothing of plugins.
 */
record ProfileStep(String path, String alsoAllowPath, String profile, Entries allow) implements Step {
    private static final String NAME = "tools.profile";

    static Step of(ToolRules global, Optional<ToolRules> agent) {
        Optional<ToolRules> from = agent.filter(rules -> rules.profile().isPresent())
                .or(() -> Optional.of(global).filter(rules -> rules.profile().isPresent()));
        if (from.isEmpty()) {
            return new IdleStep(NAME, IdleStep.NOT_CONFIGURED);
        }
        ToolRules also = agent.filter(rules -> rules.alsoAllow().isPresent()).orElse(global);
        Profile profile = from.get().profile().orElseThrow();
        List<String> allow = new ArrayList<>(CoreTool.allowedBy(profile));
        allow.addAll(also.alsoAllow().orElse(List.of()));
        return new ProfileStep(
                from.get().path() + ".profile",
                also.path() + ".alsoAllow",
                profile.name().toLowerCase(Locale.ROOT),
                Entries.of(allow));
    }

    @Override
    public String name() {
        return NAME + " (" + profile + ")";
    }

    @Override
    public Verdict judge(Candidate tool) {
        String entry = Rule.allowing(allow, tool);
        if (entry != null) {
            return Verdict.kept(path, entry, "in the profile " + profile + " or added to it: \"" + entry + "\"");
        }
        if (!tool.core()) {
            return Verdict.kept(path, null, "no core tool; a profile does not limit plugins' tools");
        }
        return Verdict.removed(
                path,
                null,
                "not in the profile " + profile,
                "add \"" + tool.name() + "\" to " + alsoAllowPath + ", or change " + path);
    }
}
