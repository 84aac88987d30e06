package __PACKAGE__;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.List;
import java.util.Map;

/** One tool: {@code __TOOL__}. Settings: {@code plugins.entries.__NAME__.config.greeting}. */
public final class __CLASS__ implements ToolProvider {
    /** Created by the gateway. */
    public __CLASS__() {}

    @Override
    public String name() {
        return "__NAME__";
    }

    @Override
    public List<Tool> tools(PluginContext context) {
        String greeting = context.config().string("greeting").orElse("Hello");
        ToolDescriptor hello = ToolDescriptor.named("__TOOL__")
                .description("Greets somebody by name")
                .input(InputSchema.object().requiredString("name", "Whom to greet"))
                .build();
        return List.of(Tool.of(hello, call -> {
            String name = call.arguments().string("name");
            if (name.isBlank()) {
                throw new ToolInputException("name is blank: there is nobody to greet");
            }
            return ToolResult.of(Map.of("greeting", greeting + ", " + name.strip() + "!"));
        }));
    }
}
