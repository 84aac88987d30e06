package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.api.policy.ToolPolicy;
import dev.portcullis.gateway.runtime.config.ToolRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An allow and a deny list.
 *
 * @param allow null if the rule restricts nothing
 */
record Rule(@Nullable Entries allow, Entries deny) {
    /** A rule whose allow list, if there is one, restricts even when it is empty: what a program computed, it meant. */
    static Rule strict(Optional<List<String>> allow, List<String> deny) {
        return new Rule(allow.map(Entries::of).orElse(null), Entries.of(deny));
    }

    /** A rule whose empty allow list restricts nothing: what a person left empty. */
    static Rule lenient(List<String> allow, List<String> deny) {
        Entries entries = Entries.of(allow);
        return new Rule(entries.isEmpty() ? null : entries, Entries.of(deny));
    }

    static Rule of(ToolPolicy policy) {
        return strict(policy.allow(), policy.deny());
    }

    /** The rule of a configured scope; empty if it says nothing. {@code alsoAllow} adds to an allow list and never makes one. */
    static Optional<Rule> of(ToolRules rules) {
        if (rules.allow().isEmpty()
                && rules.alsoAllow().isEmpty()
                && rules.deny().isEmpty()) {
            return Optional.empty();
        }
        List<String> allow = new ArrayList<>();
        List<String> also = rules.alsoAllow().orElse(List.of());
        if (rules.allow().isPresent() && !rules.allow().get().isEmpty()) {
            allow.addAll(rules.allow().get());
            allow.addAll(also);
        }
        return Optional.of(lenient(allow, rules.deny().orElse(List.of())));
    }

    /** The allow entry that lets a tool pass, as written; null if none does. Whoever may write may patch. */
    static @Nullable String allowing(Entries allow, Candidate tool) {
        String entry = allow.match(tool);
        return entry == null && tool.name().equals("apply_patch") ? allow.match(tool.named("write")) : entry;
    }
}
