package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.ToolRules;
import dev.portcullis.gateway.runtime.config.ToolRules.Profile;
import java.util.Optional;
import java.util.Set;

/** The one tool that profiles have in part: {@code gateway} without its looks into the configuration. */
final class LimitedActions {
    private static final String GATEWAY = "gateway";
    private static final Set<String> HIDDEN = Set.of("config.get", "config.schema.lookup");

    private LimitedActions() {}

    static Optional<String> refusal(String tool, Object action, ToolRules global, Optional<ToolRules> agent) {
        if (!tool.equals(GATEWAY) || !HIDDEN.contains(action)) {
            return Optional.empty();
        }
        ToolRules from = agent.filter(rules -> rules.profile().isPresent()).orElse(global);
        ToolRules also = agent.filter(rules -> rules.alsoAllow().isPresent()).orElse(global);
        boolean named = also.alsoAllow().stream()
                .flatMap(entries -> entries.stream())
                .anyMatch(entry -> ToolNames.normalise(entry).equals(GATEWAY));
        boolean limited =
                from.profile().filter(profile -> profile != Profile.FULL).isPresent();
        return limited && !named
                ? Optional.of("action must be update.run, the only one of gateway in its profile; to have " + action
                        + ", add \"gateway\" to " + also.path() + ".alsoAllow")
                : Optional.empty();
    }
}
