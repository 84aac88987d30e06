package dev.portcullis.gateway.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scopes of tool rules, wherever they are written. */
final class RulesReader {
    private RulesReader() {}

    /** The rules among the keys of a section that has other keys too. */
    static ToolRules among(Section section, boolean withProfile, boolean withProviders) {
        Map<String, ToolRules> byProvider = Map.of();
        if (withProviders) {
            byProvider = section.section("byProvider").each((name, provider) -> closed(provider, true));
        }
        ToolRules rules = new ToolRules(
                section.path().toString(),
                withProfile ? section.choice("profile", ToolRules.Profile.class) : Optional.empty(),
                section.texts("allow"),
                section.texts("alsoAllow"),
                section.texts("deny"),
                byProvider);
        DenyEntries.ofTools(section, "deny", rules.deny().orElse(List.of()));
        section.warnOfEmpty("allow", rules.allow());
        boolean both = rules.allow().isPresent()
                && !rules.allow().get().isEmpty()
                && rules.alsoAllow().isPresent()
                && !rules.alsoAllow().get().isEmpty();
        if (both) {
            section.warning(
                    "alsoAllow",
                    "allow and alsoAllow stand in one scope; both lists together hold",
                    "Move the names into allow.");
        }
        return rules;
    }

    /** A section that has nothing but rules. */
    static ToolRules closed(Section section, boolean withProfile) {
        ToolRules rules = among(section, withProfile, false);
        section.close();
        return rules;
    }

    /** {@code toolsBySender}. */
    static Map<String, ToolRules> bySender(Section section) {
        return section.section("toolsBySender").each((sender, rules) -> closed(rules, false));
    }
}
