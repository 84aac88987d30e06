package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.session.InvocationContext;

/** A tool that was allowed, with arguments that fit it: ready to run. */
record Execution(
        String id,
        CatalogTool tool,
        Arguments arguments,
        InvocationContext context,
        Delivery delivery,
        Snapshot snapshot,
        GatewayServices services) {
    String toolName() {
        return tool.description().name();
    }
}
