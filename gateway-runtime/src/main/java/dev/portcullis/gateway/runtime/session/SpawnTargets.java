package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.runtime.config.ConfigDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code subagents.allowAgents}: which agents an agent may hand work to; the agent's own list beats that of
 * {@code agents.defaults}. Without a list: itself alone.
 */
record SpawnTargets(List<String> agents, boolean any) {
    static SpawnTargets of(String agent, ConfigDocument document) {
        Map<?, ?> all = block(document.root(), "agents");
        List<String> listed = listed(entry(all, agent))
                .or(() -> listed(block(all, "defaults")))
                .orElse(List.of());
        boolean any = listed.contains("*");
        List<String> agents = new ArrayList<>(List.of(agent));
        listed.stream()
                .filter(id -> !id.equals("*"))
                .map(Ids::agent)
                .filter(id -> !agents.contains(id))
                .forEach(agents::add);
        return new SpawnTargets(List.copyOf(agents), any);
    }

    private static Map<?, ?> entry(Map<?, ?> all, String agent) {
        Map<?, ?> byId = block(block(all, "entries"), agent);
        if (!byId.isEmpty()) {
            return byId;
        }
        if (all.get("list") instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> block
                        && block.get("id") instanceof String id
                        && Ids.agent(id).equals(agent)) {
                    return block;
                }
            }
        }
        return block(all, agent);
    }

    private static Optional<List<String>> listed(Map<?, ?> block) {
        return block(block, "subagents").get("allowAgents") instanceof List<?> list
                ? Optional.of(list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .map(String::strip)
                        .toList())
                : Optional.empty();
    }

    private static Map<?, ?> block(Map<?, ?> from, String key) {
        return from.get(key) instanceof Map<?, ?> block ? block : Map.of();
    }
}
