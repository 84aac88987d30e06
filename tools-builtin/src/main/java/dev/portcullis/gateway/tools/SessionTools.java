package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolProvider;
import java.util.List;

/** Tools that look at sessions. */
public final class SessionTools implements ToolProvider {
    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public List<Tool> tools(PluginContext context) {
        return List.of(SessionsList.tool(), SessionsHistory.tool(), SessionsSearch.tool(), SessionStatus.tool());
    }
}
