package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.Collection;
import java.util.List;

/** Tools that do nothing, for tests of who may reach them. */
public record IdleTools(String name, Collection<String> names) implements ToolProvider {
    @Override
    public List<Tool> tools(PluginContext context) {
        return names.stream()
                .map(name -> Tool.of(ToolDescriptor.named(name).build(), call -> ToolResult.none()))
                .toList();
    }
}
