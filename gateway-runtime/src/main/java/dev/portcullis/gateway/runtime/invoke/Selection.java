package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.catalog.InvalidArgumentsException;
import dev.portcullis.gateway.runtime.policy.Allowed;
import dev.portcullis.gateway.runtime.policy.Denied;
import dev.portcullis.gateway.runtime.policy.PolicyUnavailableException;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which tool runs, and with which arguments: what policy, the catalog and the tool's schema say. Each of them may stop it. */
final class Selection {
    private static final System.Logger LOG = System.getLogger(Selection.class.getName());

    private Selection() {}

    static Allowed decide(Snapshot snapshot, String name, InvocationContext context, Trail trail) {
        try {
            return switch (snapshot.policy().decide(name, context)) {
                case Allowed allowed -> {
                    trail.allowed();
                    yield allowed;
                }
                case Denied denied -> {
                    trail.denied(denied);
                    snapshot.catalog().describe(name).ifPresent(trail::concerns);
                    throw new Stop(new Outcome.NotAvailable(name));
                }
            };
        } catch (PolicyUnavailableException unavailable) {
            trail.undecided(unavailable.source());
            LOG.log(System.Logger.Level.ERROR, "Nothing is allowed: " + unavailable.getMessage());
            throw new Stop(new Outcome.PolicyFailed());
        }
    }

    static CatalogTool find(Snapshot snapshot, Allowed permission, Trail trail) {
        CatalogTool tool = snapshot.catalog().find(permission).orElse(null);
        if (tool == null) {
            trail.absent();
            throw new Stop(new Outcome.NotAvailable(permission.tool()));
        }
        trail.concerns(tool.description());
        return tool;
    }

    static Arguments check(Snapshot snapshot, InvocationContext context, CatalogTool tool, InvocationRequest request) {
        try {
            Arguments arguments = tool.validator().check(withAction(tool, request));
            Object action = arguments.asMap().get("action");
            if (action != null) {
                snapshot.policy()
                        .refusal(tool.description().name(), action, context)
                        .ifPresent(why -> {
                            throw new Stop(new Outcome.InvalidArguments(why));
                        });
            }
            return arguments;
        } catch (InvalidArgumentsException invalid) {
            throw new Stop(new Outcome.InvalidArguments(String.valueOf(invalid.getMessage())));
        }
    }

    private static Map<String, Object> withAction(CatalogTool tool, InvocationRequest request) {
        Map<String, Object> arguments = request.arguments();
        if (request.action().isEmpty()
                || arguments.containsKey("action")
                || !tool.validator().takesAction()) {
            return arguments;
        }
        Map<String, Object> merged = new LinkedHashMap<>(arguments);
        merged.put("action", request.action().get());
        return Collections.unmodifiableMap(merged);
    }
}
