package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A tool that was allowed, and how it comes to its arguments.
 *
 * @param preparation what is left to do before the tool runs, within the same bounds
 * @param parent of the invocation whose tool asked for this one; null if a caller did
 * @param abandoned told how it ended when the tool does not come back to say so
 */
record Execution(
        String id,
        CatalogTool tool,
        Preparation preparation,
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
