package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A tool that was allowed, with arguments that fit it: ready to run.
 *
 * @param parent of the invocation whose tool asked for this one; null if a caller did
 * @param abandoned told how it ended when the tool does not come back to say so
 */
record Execution(
        String id,
        CatalogTool tool,
        Arguments arguments,
        InvocationContext context,
        Delivery delivery,
        Snapshot snapshot,
        GatewayServices services,
        Tenure tenure,
        @Nullable Tenure parent,
        Consumer<Outcome> abandoned) {
    String toolName() {
        return tool.description().name();
    }

    String provider() {
        return tool.description().provider();
    }
}
