package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What careless plugins do. */
final class LeakyPlugin implements ToolProvider {
    @Override
    public String name() {
        return "leaky";
    }

    @Override
    public List<Tool> tools(PluginContext context) {
        String key = context.config().requiredString("apiKey");
        String referred = context.config().requiredString("upstream");
        String url = context.config().requiredString("url");
        if (context.config().flag("refuse").orElse(false)) {
            throw new IllegalStateException("the key " + key + " was refused");
        }
        InputSchema schema = InputSchema.object().optionalString("text", "any").optionalInteger("count", 0, 10, "any");
        InputSchema strict = InputSchema.of(Map.of(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                Map.of(
                        "text", Map.of("type", "string", "pattern", "^[a-z]+$", "maxLength", 12),
                        "mode", Map.of("enum", List.of("fast", "slow")),
                        "list", Map.of("type", "array", "items", Map.of("type", "integer")))));
        return Stream.of(
                        Tool.of(descriptor("echo", schema), call -> ToolResult.of(Map.of("result", Canary.RESULT))),
                        Tool.of(descriptor("strict", strict), call -> ToolResult.none()),
                        Tool.of(descriptor("null", schema), call -> null),
                        Tool.of(descriptor("error", schema), call -> {
                            throw new AssertionError(
                                    Map.of(call.arguments().string("text"), key).toString());
                        }),
                        Tool.of(descriptor("fail", schema), call -> {
                            String text = call.arguments().string("text");
                            throw new IllegalStateException(
                                    "leaky fails: " + text + " with " + key,
                                    new IOException("GET " + url + "?key=" + referred + " for " + text));
                        }),
                        Tool.of(descriptor("chatty", schema), call -> {
                            context.logger()
                                    .log(
                                            System.Logger.Level.WARNING,
                                            "calling " + url + " with " + key + " and " + referred);
                            context.logger()
                                    .log(
                                            System.Logger.Level.ERROR,
                                            "it went wrong",
                                            new IllegalStateException("Authorization: Bearer " + referred));
                            System.getLogger("com.acme.client")
                                    .log(System.Logger.Level.INFO, "password=" + Canary.VARIABLE + " as configured");
                            String text = call.arguments().string("text");
                            context.logger().log(System.Logger.Level.INFO, "heard: {0} and more", text);
                            System.getLogger("com.acme.client")
                                    .log(System.Logger.Level.INFO, "heard as well:\n  " + Map.of("text", text));
                            java.util.logging.Logger.getLogger("com.acme.jul")
                                    .log(
                                            java.util.logging.Level.WARNING,
                                            "heard too",
                                            new IllegalStateException(text.toUpperCase(java.util.Locale.ROOT)));
                            return ToolResult.none();
                        }))
                .toList();
    }

    private static ToolDescriptor descriptor(String name, InputSchema schema) {
        return ToolDescriptor.named(name).description("leaks").input(schema).build();
    }
}
