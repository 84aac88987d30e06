package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.plugin.GatewayServices.Invoker;
import dev.portcullis.gateway.api.tool.ToolAuthorizationException;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs a tool for a tool, through the same decision.
 *
 * @param largest bytes that its arguments may be as JSON
 */
record NestedInvoker(int depth, Tenure tenure, int largest, Function<InvocationRequest, Outcome> road)
        implements Invoker {
    static final int DEEPEST = 8;

    @Override
    public ToolResult invoke(String tool, Map<String, ?> arguments) {
        tenure.require();
        if (depth >= DEEPEST) {
            throw new IllegalStateException("More than " + DEEPEST + " invocations are nested; tool " + tool
                    + " is not run. Do two tools call each other?");
        }
        // ToolResult.of copies and refuses what is not plain, which is what arguments need too
        ToolResult copy = ToolResult.of(arguments);
        if (ResultSize.of(copy, largest) < 0) {
            throw new IllegalArgumentException("The arguments for tool " + tool
                    + " are larger than gateway.invoke.maxResultBytes (" + largest + "); it is not run.");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> plain = (Map<String, Object>) Objects.requireNonNull(copy.details());
        Outcome outcome =
                road.apply(new InvocationRequest(tool, Optional.empty(), plain, Optional.empty(), Optional.empty()));
        return switch (outcome) {
            case Outcome.Completed completed -> completed.result();
            case Outcome.NotAvailable absent -> throw new ToolInputException("Tool not available: " + absent.tool());
            case Outcome.InvalidArguments invalid -> throw new ToolInputException(invalid.message());
            case Outcome.InvalidRequest invalid -> throw new ToolInputException(invalid.message());
            case Outcome.Forbidden forbidden -> throw new ToolAuthorizationException(forbidden.message());
            default -> throw new IllegalStateException("Tool " + tool + " did not complete: " + outcome.code());
        };
    }
}
