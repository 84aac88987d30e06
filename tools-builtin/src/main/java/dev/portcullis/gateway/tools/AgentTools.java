package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.GatewayServices.Agent;
import dev.portcullis.gateway.api.plugin.GatewayServices.Sessions;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools about agents. */
public final class AgentTools implements ToolProvider {
    @Override
    public String name() {
        return "agents";
    }

    @Override
    public List<Tool> tools(PluginContext context) {
        ToolDescriptor list = ToolDescriptor.named("agents_list")
                .description("Agents that work may be handed to")
                .build();
        return List.of(Tool.of(list, call -> {
            Sessions sessions = call.services().sessions();
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("requester", call.agentId());
            result.put("allowAny", sessions.anyTarget());
            result.put(
                    "agents", sessions.targets().stream().map(AgentTools::row).toList());
            return ToolResult.of(result);
        }));
    }

    private static Map<String, Object> row(Agent agent) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", agent.id());
        row.put("configured", agent.configured());
        agent.name().ifPresent(name -> row.put("name", name));
        agent.model().ifPresent(model -> row.put("model", model));
        return row;
    }
}
