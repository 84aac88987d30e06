package dev.portcullis.gateway.runtime.policy;

import java.util.Map;

/**
 * The tools of a snapshot, as the policy engine sees them: names and the plugins that provide them.
 *
 * @param pluginByTool provider name by tool name
 */
public record ToolIndex(Map<String, String> pluginByTool) {
    public ToolIndex {
        pluginByTool = Map.copyOf(pluginByTool);
    }
}
