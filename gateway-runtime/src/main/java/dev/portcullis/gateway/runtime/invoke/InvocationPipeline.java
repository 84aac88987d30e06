package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthDecision;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.catalog.InvalidArgumentsException;
import dev.portcullis.gateway.runtime.policy.Allowed;
import dev.portcullis.gateway.runtime.policy.Denied;
import dev.portcullis.gateway.runtime.policy.PolicyUnavailableException;
import dev.portcullis.gateway.runtime.policy.ToolNames;
import dev.portcullis.gateway.runtime.session.InvalidSessionException;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.SessionRequest;
import dev.portcullis.gateway.runtime.session.SessionServices;
import dev.portcullis.gateway.runtime.session.SessionStore;
import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The road of one invocation. Safe for use by several threads. */
public final class InvocationPipeline {
    private static final System.Logger LOG = System.getLogger(InvocationPipeline.class.getName());

    private final Supplier<Snapshot> current;
    private final ToolExecutor executor;
    private final AuditLog audit;
    private final SessionStore store;
    private final ToIntFunction<Outcome> status;

    /** @param status what the surface answers, for the audit record */
    public InvocationPipeline(
            Supplier<Snapshot> current,
            ToolExecutor executor,
            AuditLog audit,
            SessionStore store,
            ToIntFunction<Outcome> status) {
        this.current = current;
        this.executor = executor;
        this.audit = audit;
        this.store = store;
        this.status = status;
    }

    /**
     * Takes an invocation down the road, to whatever end; one audit record is written.
     *
     * @param snapshot what the request read when it came in
     */
    public Outcome invoke(Snapshot snapshot, Attribution attribution, InvocationCall call) {
        Correlation correlation = Correlation.of(call.id(), call.traceparent());
        Trail trail = new Trail(call, attribution, correlation.trace());
        return recorded(trail, correlation, () -> road(snapshot, attribution, call, trail));
    }

    /**
     * Authenticates a request that invokes nothing. Whoever is not admitted leaves a record.
     *
     * @param surface the door it came in by
     */
    public AuthDecision authenticate(Snapshot snapshot, Attribution attribution, Headers headers, String surface) {
        AuthDecision decision = snapshot.authentication().authenticate(attribution, headers);
        if (!(decision instanceof Admitted)) {
            String id = InvocationIds.next();
            Trail trail = Trail.visit(id, surface, attribution);
            recorded(trail, Correlation.of(id, List.of()), () -> {
                admitted(decision, id, trail);
                return new Outcome.Broken();
            });
        }
        return decision;
    }

    private Outcome recorded(Trail trail, Correlation correlation, Supplier<Outcome> road) {
        Outcome outcome = new Outcome.Broken();
        Correlation before = Correlation.enter(correlation);
        try {
            outcome = road.get();
        } catch (Stop stop) {
            outcome = stop.outcome();
        } catch (RuntimeException | Error fault) {
            // An Error of one invocation is that invocation's: the gateway goes on serving the others.
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Invocation " + correlation.invocation() + " failed inside the gateway",
                    fault);
        } finally {
            record(trail, outcome);
            Correlation.enter(before);
        }
        return outcome;
    }

    private void record(Trail trail, Outcome outcome) {
        if (trail.close()) {
            audit.append(trail.ended(outcome, status.applyAsInt(outcome)));
        }
    }

    private Outcome road(Snapshot snapshot, Attribution attribution, InvocationCall call, Trail trail) {
        requireAttribution(attribution);
        Admitted caller = call.caller().orElse(null);
        if (caller == null) {
            caller = authenticate(snapshot, attribution, call, trail);
        } else {
            trail.admitted(caller);
        }
        requireScope(caller);
        InvocationRequest request = call.read();
        trail.received(call.received());
        String name = ToolNames.requested(request.tool());
        trail.asked(name, request.action());
        InvocationContext context = resolveSession(snapshot, caller, request, call);
        trail.in(context);
        requireAgent(snapshot, caller, context);
        Allowed permission = decide(snapshot, name, context, trail);
        CatalogTool tool = find(snapshot, permission, trail);
        Arguments arguments = check(snapshot, context, tool, request);
        confirmAuthority(caller, call, attribution.peerAddress(), trail);
        trail.begins();
        return run(
                new Job(call.id(), tool, arguments, context, delivery(call), snapshot, call.hangup()),
                null,
                0,
                late -> {
                    record(trail, late);
                    call.answerEarly(late);
                });
    }

    /** What is to be run, for whom. */
    private record Job(
            String id,
            CatalogTool tool,
            Arguments arguments,
            InvocationContext context,
            Delivery delivery,
            Snapshot snapshot,
            Hangup hangup) {
        Job nested(String nestedId, CatalogTool other, Arguments its) {
            return new Job(nestedId, other, its, context, delivery, snapshot, hangup);
        }
    }

    private Outcome run(Job job, @Nullable Tenure parent, int depth, Consumer<Outcome> abandoned) {
        Tenure tenure = new Tenure();
        try {
            return executor.execute(
                    new Execution(
                            job.id(),
                            job.tool(),
                            job.arguments(),
                            job.context(),
                            job.delivery(),
                            job.snapshot(),
                            lent(job, tenure, depth),
                            tenure,
                            parent,
                            abandoned),
                    job.hangup());
        } finally {
            tenure.end();
        }
    }

    private LentServices lent(Job job, Tenure tenure, int depth) {
        return new LentServices(job.tool().description().provider(), job.tool().services(), tenure) {
            @Override
            Sessions lentSessions() {
                return SessionServices.of(job.context(), job.snapshot().config(), store);
            }

            @Override
            Invoker lentInvoker() {
                return new NestedInvoker(
                        depth,
                        tenure,
                        job.snapshot().config().invoke().maxResultBytes(),
                        request -> nested(job, request, tenure, depth + 1));
            }

            @Override
            ConfigView lentConfig() {
                return new RuntimeConfigView(job.snapshot().config());
            }
        };
    }

    /** A tool that runs a tool: the same decision in the same context, and a record of its own. */
    private Outcome nested(Job parent, InvocationRequest request, Tenure tenure, int depth) {
        String id = InvocationIds.next();
        Snapshot snapshot = parent.snapshot();
        Trail trail = Trail.nested(id, parent.id(), parent.context());
        return recorded(trail, Correlation.nested(id), () -> {
            String name = ToolNames.requested(request.tool());
            trail.asked(name, request.action());
            Allowed permission = decide(snapshot, name, parent.context(), trail);
            CatalogTool tool = find(snapshot, permission, trail);
            Arguments arguments = check(snapshot, parent.context(), tool, request);
            trail.begins();
            return run(parent.nested(id, tool, arguments), tenure, depth, late -> record(trail, late));
        });
    }

    private static void requireAttribution(Attribution attribution) {
        if (attribution.kind() == Attribution.Kind.UNATTRIBUTABLE) {
            throw new Stop(new Outcome.ProxyUnattributed());
        }
    }

    private static Admitted authenticate(Snapshot snapshot, Attribution attribution, InvocationCall call, Trail trail) {
        return admitted(snapshot.authentication().authenticate(attribution, call.headers()), call.id(), trail);
    }

    private static Admitted admitted(AuthDecision decision, String id, Trail trail) {
        return switch (decision) {
            case Admitted admitted -> {
                trail.admitted(admitted);
                yield admitted;
            }
            case AuthDecision.Refused refused -> {
                trail.notAdmitted(refused.reason());
                LOG.log(System.Logger.Level.INFO, () -> "Invocation " + id + " not admitted: " + refused.reason());
                throw new Stop(new Outcome.Unauthenticated());
            }
            case AuthDecision.LockedOut locked -> {
                trail.notAdmitted("rate_limited");
                throw new Stop(new Outcome.LockedOut(locked.retryAfter()));
            }
            case AuthDecision.Failed failed -> {
                trail.notAdmitted("auth_error");
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> "Invocation " + id + ": auth provider \"" + failed.provider() + "\" " + failed.detail()
                                + ". Nobody is admitted by it until it answers again.");
                throw new Stop(new Outcome.AuthenticationFailed());
            }
        };
    }

    private static void requireScope(Admitted caller) {
        if (!caller.principal().has(Scope.WRITE)) {
            throw new Stop(new Outcome.MissingScope(Scope.WRITE.name()));
        }
    }

    private static InvocationContext resolveSession(
            Snapshot snapshot, Admitted caller, InvocationRequest request, InvocationCall call) {
        try {
            return snapshot.sessions()
                    .resolve(new SessionRequest(
                            caller.principal(),
                            call.surface(),
                            request.sessionKey(),
                            request.agentId(),
                            first(call, "x-openclaw-message-channel"),
                            first(call, "x-openclaw-account-id")));
        } catch (InvalidSessionException invalid) {
            throw new Stop(new Outcome.InvalidRequest(invalid.getMessage()));
        }
    }

    private static Allowed decide(Snapshot snapshot, String name, InvocationContext context, Trail trail) {
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

    private static CatalogTool find(Snapshot snapshot, Allowed permission, Trail trail) {
        CatalogTool tool = snapshot.catalog().find(permission).orElse(null);
        if (tool == null) {
            trail.absent();
            throw new Stop(new Outcome.NotAvailable(permission.tool()));
        }
        trail.concerns(tool.description());
        return tool;
    }

    private static Arguments check(
            Snapshot snapshot, InvocationContext context, CatalogTool tool, InvocationRequest request) {
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

    /** Named roles may limit a person to some agents. */
    private static void requireAgent(Snapshot snapshot, Admitted caller, InvocationContext context) {
        Optional<Set<String>> agents = snapshot.authentication().agents(caller);
        if (agents.isPresent() && !agents.get().contains(context.agentId())) {
            throw new Stop(new Outcome.Blocked("Your operator role cannot create sessions for agent \""
                    + context.agentId()
                    + "\"; choose an allowed agent or ask a gateway administrator to update your role."));
        }
    }

    /** Reading the body takes time: a credential that was withdrawn meanwhile runs nothing. */
    private void confirmAuthority(Admitted caller, InvocationCall call, String peer, Trail trail) {
        Snapshot now = current.get();
        if (now.authentication().generation() == caller.generation()) {
            return;
        }
        Attribution attribution = now.ingress().attribute(peer, call.headers());
        requireAttribution(attribution);
        Admitted again = admitted(now.authentication().recheck(attribution, call.headers()), call.id(), trail);
        if (!call.limited(again.principal()).equals(caller.principal())) {
            trail.notAdmitted("authority_changed");
            throw new Stop(new Outcome.Unauthenticated());
        }
    }

    private static Delivery delivery(InvocationCall call) {
        return new Delivery(first(call, "x-openclaw-message-to"), first(call, "x-openclaw-thread-id"));
    }

    private static Optional<String> first(InvocationCall call, String header) {
        List<String> values = call.headers().all(header);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.getFirst().strip()).filter(value -> !value.isEmpty());
    }
}
