package dev.portcullis.gateway.runtime.policy;

import org.jspecify.annotations.Nullable;

/**
 * A step that is an allow and a deny list.
 *
 * @param allowLabel where the allow list is written
 * @param denyLabel where the deny list is written
 * @param change how to open what is closed; null if it is the obvious edit of the list
 */
record RuleStep(
        String name,
        Rule rule,
        String allowLabel,
        String denyLabel,
        @Nullable String change) implements Step {
    /** Lists of a configured scope, below its path. */
    static RuleStep configured(String name, Rule rule, String path) {
        return new RuleStep(name, rule, path + ".allow", path + ".deny", null);
    }

    /** Lists that no configuration line holds. */
    static RuleStep fixed(String name, Rule rule, String change) {
        return new RuleStep(name, rule, name, name, change);
    }

    @Override
    public Verdict judge(Candidate tool) {
        String denied = rule.deny().match(tool);
        if (denied != null) {
            return Verdict.removed(
                    denyLabel,
                    denied,
                    "denied by the entry \"" + denied + "\"",
                    change == null ? "take \"" + denied + "\" out of " + denyLabel : change);
        }
        Entries allow = rule.allow();
        if (allow == null) {
            return Verdict.none(name, "denies other tools only");
        }
        String allowed = Rule.allowing(allow, tool);
        if (allowed != null) {
            return Verdict.kept(allowLabel, allowed, "allowed by the entry \"" + allowed + "\"");
        }
        return Verdict.removed(
                allowLabel,
                null,
                "not among the tools it allows",
                change == null ? "add \"" + tool.name() + "\" to " + allowLabel : change);
    }
}
