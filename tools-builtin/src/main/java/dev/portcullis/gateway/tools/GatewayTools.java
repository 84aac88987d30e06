package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.GatewayServices.ConfigView;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools about the gateway itself. */
public final class GatewayTools implements ToolProvider {
    private static final String GET = "config.get";
    private static final String LOOKUP = "config.schema.lookup";
    private static final String UPDATE = "update.run";

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public List<Tool> tools(PluginContext context) {
        ToolDescriptor gateway = ToolDescriptor.named("gateway")
                .description("Shows the gateway's configuration, secrets removed")
                .input(InputSchema.object()
                        .choice("action", List.of(GET, LOOKUP, UPDATE), true, "config.get is what this gateway offers")
                        .optionalString("path", "Dot-separated path of the value to show; all if absent"))
                .build();
        return List.of(Tool.of(gateway, GatewayTools::run));
    }

    private static ToolResult run(ToolInvocation call) {
        return switch (call.arguments().string("action")) {
            case GET -> get(call);
            case LOOKUP, UPDATE ->
                throw new ToolInputException(
                        call.arguments().string("action") + " is not available on this gateway; use config.get");
            default -> throw new ToolInputException("action must be config.get");
        };
    }

    private static ToolResult get(ToolInvocation call) {
        ConfigView config = call.services().config();
        String path = call.arguments().optionalString("path").orElse("").strip();
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("hash", config.hash());
        result.put("path", config.source());
        result.put("config", config.get(path));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.put("result", result);
        return ToolResult.of(answer);
    }
}
