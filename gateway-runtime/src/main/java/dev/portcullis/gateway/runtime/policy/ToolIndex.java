package dev.portcullis.gateway.runtime.policy;

import java.util.Map;
import java.util.Set;

/**
 * The tools of a snapshot, as the policy engine sees them: names and the plugins that provide them.
 *
 * @param pluginByTool provider name by tool name
 * @param builtInProviders names of the providers that ship with the gateway; rules cannot name those, and their tools are not
 *     in {@code group:plugins}
 */
public record ToolIndex(Map<String, String> pluginByTool, Set<String> builtInProviders) {
    public ToolIndex {
        pluginByTool = Map.copyOf(pluginByTool);
        builtInProviders = Set.copyOf(builtInProviders);
    }
}
