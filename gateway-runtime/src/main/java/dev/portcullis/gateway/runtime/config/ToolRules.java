package dev.portcullis.gateway.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One scope of tool rules as written: absent and empty lists are different things.
 *
 * @param path config path of the scope, for labels: {@code tools}, {@code agents.entries.ops.tools} …
 * @param byProvider rules by model provider (or {@code provider/model}), only where the scope may have them
 */
public record ToolRules(
        String path,
        Optional<Profile> profile,
        Optional<List<String>> allow,
        Optional<List<String>> alsoAllow,
        Optional<List<String>> deny,
        Map<String, ToolRules> byProvider) {
    /** A named allow list. */
    public enum Profile {
        MINIMAL,
        CODING,
        MESSAGING,
        FULL
    }

    public ToolRules {
        allow = allow.map(List::copyOf);
        alsoAllow = alsoAllow.map(List::copyOf);
        deny = deny.map(List::copyOf);
        byProvider = Map.copyOf(byProvider);
    }
}
