package dev.portcullis.gateway.testkit;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools that say who called them: something to be decided about. */
final class CallingCards implements ToolProvider {
    private final List<String> names;

    CallingCards(List<String> names) {
        this.names = List.copyOf(names);
    }

    @Override
    public String name() {
        return "testkit-tools";
    }

    @Override
    public List<Tool> tools(PluginContext context) {
        return names.stream().distinct().map(CallingCards::card).toList();
    }

    private static Tool card(String name) {
        return Tool.of(
                ToolDescriptor.named(name)
                        .description("Says who called it")
                        .input(InputSchema.object())
                        .build(),
                call -> {
                    Map<String, Object> card = new LinkedHashMap<>();
                    card.put("principal", call.principal().name());
                    card.put("session", call.sessionKey());
                    return ToolResult.of(card);
                });
    }
}
