package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.operate.OperatorAnswer.Status;
import dev.portcullis.gateway.runtime.policy.PolicyUnavailableException;
import dev.portcullis.gateway.runtime.session.InvalidSessionException;
import dev.portcullis.gateway.runtime.session.SessionStore;
import dev.portcullis.gateway.runtime.session.SessionStoreException;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a running gateway tells its operators: the views below {@code /portcullis/v1/}. For {@code Gateway}, which puts them
 * behind authentication. Every answer is made from one snapshot. Safe for concurrent use.
 */
public final class OperatorViews {
    private final Supplier<OperatorSnapshot> live;
    private final StatusView status;
    private final SessionViews sessions;
    private final ReloadView reload;

    public OperatorViews(
            GatewayIdentity identity, Supplier<OperatorSnapshot> live, SessionStore store, Reloads reloads) {
        this.live = live;
        this.status = new StatusView(identity, reloads);
        this.sessions = new SessionViews(store);
        this.reload = new ReloadView(reloads, live);
    }

    /** What a principal needs; checked again with every request. */
    static Scope scope(boolean change) {
        return change ? Scope.ADMIN : Scope.READ;
    }

    /** Answers a request; does not throw because of anything in it. */
    public OperatorAnswer answer(OperatorRequest request) {
        Scope needed = scope(request.change());
        if (!request.principal().has(needed)) {
            return OperatorAnswer.error(Status.FORBIDDEN, "forbidden", "missing scope: " + needed.name());
        }
        try {
            return view(request, live.get());
        } catch (InvalidRequestException | InvalidSessionException invalid) {
            return OperatorAnswer.error(Status.INVALID, "invalid_request", String.valueOf(invalid.getMessage()));
        } catch (PolicyUnavailableException unavailable) {
            return OperatorAnswer.error(
                    Status.FAILED,
                    "policy_error",
                    "A policy source gives no answer, so no tool can be reached: see the gateway's log");
        } catch (SessionStoreException broken) {
            return OperatorAnswer.error(
                    Status.FAILED, "store_error", "The session store does not work: see the gateway's log");
        }
    }

    private OperatorAnswer view(OperatorRequest request, OperatorSnapshot snapshot) {
        List<String> path = request.segments();
        if (path.isEmpty()) {
            return unknown(path);
        }
        if (request.change()) {
            return switch (String.join("/", path)) {
                case "sessions" -> sessions.create(request, snapshot);
                case "reload" -> reload.reload(request, snapshot);
                default ->
                    OperatorAnswer.error(Status.READ_ONLY, "method_not_allowed", "This can only be read: use GET");
            };
        }
        ToolViews tools = new ToolViews(snapshot);
        return switch (path.size()) {
            case 1 ->
                switch (path.getFirst()) {
                    case "status" -> status.show(snapshot);
                    case "plugins" -> PluginViews.list(snapshot);
                    case "tools" -> tools.list(request);
                    case "sessions" -> sessions.list();
                    case "config" -> status.config(request, snapshot.config());
                    default -> unknown(path);
                };
            case 2 ->
                switch (path.getFirst()) {
                    case "tools" -> tools.describe(path.get(1));
                    case "plugins" -> PluginInspection.show(path.get(1), snapshot);
                    default -> unknown(path);
                };
            case 3 ->
                path.getFirst().equals("tools") && path.get(2).equals("decision")
                        ? tools.decision(path.get(1), request)
                        : unknown(path);
            default -> unknown(path);
        };
    }

    private static OperatorAnswer unknown(List<String> path) {
        return OperatorAnswer.error(
                Status.UNKNOWN,
                "not_found",
                "There is no view \"" + String.join("/", path)
                        + "\"; known: config, plugins, plugins/{name}, sessions, status, tools, tools/{name}, tools/{name}/decision");
    }
}
