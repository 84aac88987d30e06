package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Servers bring their own pages. */
final class McpApps extends Check {
    McpApps() {
        super("mcp.apps.enabled");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.settings().on("mcp.apps.enabled")) {
            found.accept(warn(
                    "mcp.apps.enabled",
                    "MCP apps are enabled",
                    "mcp.apps.enabled is true: MCP servers may bring pages that run in a browser.",
                    "Set mcp.apps.enabled to false unless you trust every server."));
        }
    }
}
