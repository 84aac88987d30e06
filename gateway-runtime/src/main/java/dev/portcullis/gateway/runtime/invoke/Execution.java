package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A tool that was allowed, on its way to run.
 *
 * @param parent of the invocation whose tool asked for this one; null if a caller did
 * @param abandoned told how it ended when the tool does not come back to say so
 */
record Execution(
        Job job,
        GatewayServices services,
        Tenure tenure,
        @Nullable Tenure parent,
        Consumer<Outcome> abandoned) {
    /**
     * What is to be run, for whom, and how it comes to its arguments.
     *
     * @param preparation what is left to do before the tool runs, within the same bounds
     */
    record Job(
            String id,
            CatalogTool tool,
            Preparation preparation,
            InvocationContext context,
            Delivery delivery,
            Snapshot snapshot,
            Hangup hangup) {
        /** A caller who hangs up cancels the outermost, and that one what was asked for within it. */
        Job nested(String nestedId, CatalogTool other, Preparation its) {
            return new Job(nestedId, other, its, context, delivery, snapshot, Hangup.NEVER);
        }
    }

    String id() {
        return job.id();
    }

    CatalogTool tool() {
        return job.tool();
    }

    Preparation preparation() {
        return job.preparation();
    }

    InvocationContext context() {
        return job.context();
    }

    Delivery delivery() {
        return job.delivery();
    }

    Snapshot snapshot() {
        return job.snapshot();
    }

    String toolName() {
        return tool().description().name();
    }

    String provider() {
        return tool().description().provider();
    }
}
