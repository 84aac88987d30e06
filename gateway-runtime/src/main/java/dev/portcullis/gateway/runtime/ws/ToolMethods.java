package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.invoke.InvocationIds;
import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.policy.PolicyUnavailableException;
import dev.portcullis.gateway.runtime.policy.ToolNames;
import dev.portcullis.gateway.runtime.session.InvalidSessionException;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.SessionRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code tools.catalog}, {@code tools.effective} and {@code tools.invoke}: what there is, what may be reached, and reaching it. */
final class ToolMethods {
    private static final Set<String> CATALOG = Set.of("agentId", "includePlugins");
    private static final Set<String> EFFECTIVE = Set.of("sessionKey", "agentId");
    private static final Set<String> INVOKE =
            Set.of("name", "args", "sessionKey", "agentId", "confirm", "idempotencyKey", "conversationReadOrigin");

    private final Services services;

    ToolMethods(Services services) {
        this.services = services;
    }

    void addTo(Methods methods) {
        methods.read("tools.catalog", this::catalog)
                .read("tools.effective", this::effective)
                .write("tools.invoke", this::invoke);
    }

    private Map<String, @Nullable Object> catalog(Request request) {
        Params params = request.params(CATALOG);
        boolean plugins = params.flag("includePlugins").orElse(true);
        InvocationContext context = context(request, Optional.empty(), params.text("agentId"));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("agentId", context.agentId());
        answer.put("profiles", ToolGroups.profiles());
        answer.put(
                "groups",
                ToolGroups.bySection(request.snapshot().catalog().descriptions().stream()
                        .filter(tool -> plugins || tool.builtIn())
                        .toList()));
        return answer;
    }

    private Map<String, @Nullable Object> effective(Request request) {
        Params params = request.params(EFFECTIVE);
        String key = params.requiredText("sessionKey");
        InvocationContext context = context(request, Optional.of(key), params.text("agentId"));
        Set<String> reachable;
        try {
            reachable = new HashSet<>(request.snapshot().policy().reachable(context));
        } catch (PolicyUnavailableException unavailable) {
            throw RpcException.unavailable("tool policy is unavailable", 0);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("agentId", context.agentId());
        answer.put("sessionKey", context.sessionKey());
        answer.put(
                "groups",
                ToolGroups.bySource(request.snapshot().catalog().descriptions().stream()
                        .filter(tool -> reachable.contains(tool.name()))
                        .toList()));
        return answer;
    }

    private static InvocationContext context(Request request, Optional<String> key, Optional<String> agent) {
        try {
            return request.snapshot()
                    .sessions()
                    .resolve(new SessionRequest(
                            request.caller().admitted().principal(),
                            InvocationContext.WEBSOCKET,
                            key,
                            agent,
                            Optional.empty(),
                            Optional.empty()));
        } catch (InvalidSessionException invalid) {
            throw RpcException.invalid(String.valueOf(invalid.getMessage()));
        }
    }

    private Map<String, @Nullable Object> invoke(Request request) {
        Params params = request.params(INVOKE);
        String name = params.requiredText("name").strip();
        Map<String, Object> arguments = params.plain("args");
        Optional<String> session = params.text("sessionKey");
        Optional<String> agent = params.text("agentId");
        params.flag("confirm");
        params.text("idempotencyKey");
        params.text("conversationReadOrigin")
                .filter(origin -> !origin.equals("direct-operator"))
                .ifPresent(origin -> {
                    throw RpcException.invalid(
                            "invalid tools.invoke params: at /conversationReadOrigin: must be equal to constant");
                });
        InvocationRequest invocation = new InvocationRequest(name, Optional.empty(), arguments, session, agent);
        Outcome outcome = services.pipeline()
                .invoke(
                        request.snapshot(),
                        request.attribution(),
                        new SocketCall(
                                InvocationIds.next(),
                                request.caller(),
                                invocation,
                                request.traceparent(),
                                request.hangup(),
                                late -> request.early().accept(() -> answer(name, late, request.snapshot()))));
        return answer(name, outcome, request.snapshot());
    }

    private Map<String, @Nullable Object> answer(String name, Outcome outcome, Snapshot snapshot) {
        return switch (outcome) {
            case Outcome.Completed completed -> {
                Map<String, @Nullable Object> answer = answer(true, name);
                answer.put("output", services.results().apply(completed.result()));
                answer.put("source", source(name, snapshot));
                yield answer;
            }
            case Outcome.NotAvailable absent -> failed(name, "not_found", "Tool not available: " + absent.tool());
            case Outcome.InvalidRequest invalid -> failed(name, "validation_error", invalid.message());
            case Outcome.BodyMalformed malformed -> failed(name, "validation_error", malformed.message());
            case Outcome.InvalidArguments invalid -> failed(name, "internal_error", invalid.message());
            case Outcome.Blocked blocked -> failed(name, "forbidden", blocked.message());
            case Outcome.Forbidden forbidden -> failed(name, "forbidden", forbidden.message());
            case Outcome.PolicyFailed _ -> failed(name, "internal_error", "tool policy is unavailable");
            case Outcome.ToolFailed _ -> failed(name, "internal_error", "tool execution failed");
            case Outcome.TimedOut late ->
                failed(
                        name,
                        "internal_error",
                        "tool did not finish within " + late.limit().toMillis() + " ms");
            case Outcome.RanAway _ ->
                failed(name, "internal_error", "tool is not available: earlier invocations of it do not end");
            case Outcome.CutOff _ ->
                failed(name, "internal_error", "the gateway stopped before the tool ended; it may have done its work");
            case Outcome.Broken _ -> failed(name, "internal_error", "internal error");
            case Outcome.Cancelled _ -> failed(name, "internal_error", "cancelled");
            case Outcome.MissingScope missing -> throw RpcException.missingScope(missing.scope());
            case Outcome.Overloaded _ -> throw RpcException.unavailable("Too many invocations are running", 1_000);
            case Outcome.Unrecordable _ ->
                throw RpcException.unavailable("the audit log takes no records, so no tool runs", 10_000);
            case Outcome.Draining _ -> throw RpcException.unavailable("gateway is stopping", 500);
            // these can only come from a credential that is looked at again
            case Outcome.Unauthenticated _ -> throw new AuthChangedException();
            case Outcome.LockedOut _ -> throw new AuthChangedException();
            case Outcome.AuthenticationFailed _ -> throw new AuthChangedException();
            case Outcome.ProxyUnattributed _ -> throw new AuthChangedException();
            case Outcome.BodyTooLarge _ -> failed(name, "validation_error", "Payload too large");
            case Outcome.BodyTimedOut _ -> failed(name, "validation_error", "Request body timeout");
        };
    }

    private static String source(String name, Snapshot snapshot) {
        return snapshot.catalog()
                .describe(ToolNames.requested(name))
                .map(tool -> tool.builtIn() ? "core" : "plugin")
                .orElse("core");
    }

    private static Map<String, @Nullable Object> failed(String name, String code, String message) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        Map<String, @Nullable Object> answer = answer(false, name);
        answer.put("error", error);
        return answer;
    }

    private static Map<String, @Nullable Object> answer(boolean ok, String name) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("ok", ok);
        answer.put("toolName", name);
        return answer;
    }
}
