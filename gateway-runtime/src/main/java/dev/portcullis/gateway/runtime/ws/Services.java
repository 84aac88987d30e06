package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.invoke.InvocationPipeline;
import dev.portcullis.gateway.runtime.operate.OperatorAnswer;
import dev.portcullis.gateway.runtime.operate.OperatorRequest;
import dev.portcullis.gateway.runtime.session.SessionStore;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the methods work with.
 *
 * @param results shape of a result as the other surface sends it
 */
public record Services(
        InvocationPipeline pipeline,
        Function<OperatorRequest, OperatorAnswer> views,
        SessionStore sessions,
        AuditLog audit,
        Function<ToolResult, Map<String, @Nullable Object>> results) {}
