package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.audit.LogLimit;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthDecision;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.invoke.Execution.Job;
import dev.portcullis.gateway.runtime.policy.Allowed;
import dev.portcullis.gateway.runtime.policy.ToolNames;
import dev.portcullis.gateway.runtime.session.InvalidSessionException;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.SessionRequest;
import dev.portcullis.gateway.runtime.session.SessionServices;
import dev.portcullis.gateway.runtime.session.SessionStore;
import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.util.List;
import java.util.Optional;
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
    private final LogLimit failures = Admission.failures();

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
     * Takes an invocation down the road, to whatever end; one audit record of it is written.
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
        leaveRecord(decision, attribution, surface);
        return decision;
    }

    /**
     * Looks who asks for something that whoever asks is given, in more or less detail. Never delays; a wrong credential leaves a
     * record when it is first seen.
     *
     * @return empty if it is nobody, or if that was not looked at
     */
    public Optional<Admitted> glance(Snapshot snapshot, Attribution attribution, Headers headers, String surface) {
        Optional<AuthDecision> decision = snapshot.authentication().glance(attribution, headers);
        decision.ifPresent(made -> leaveRecord(made, attribution, surface));
        return decision.filter(Admitted.class::isInstance).map(Admitted.class::cast);
    }

    private void leaveRecord(AuthDecision decision, Attribution attribution, String surface) {
        if (!(decision instanceof Admitted)) {
            String id = InvocationIds.next();
            Trail trail = Trail.visit(id, surface, attribution);
            recorded(trail, Correlation.of(id, List.of()), () -> {
                Admission.admitted(decision, id, trail, failures);
                return new Outcome.Broken();
            });
        }
    }

    private Outcome recorded(Trail trail, Correlation correlation, Supplier<Outcome> road) {
        Outcome outcome = new Outcome.Broken();
        Correlation before = Correlation.enter(correlation);
        try {
            outcome = road.get();
        } catch (Stop stop) {
            outcome = stop.outcome();
        } catch (Throwable fault) {
            // Whatever it is, checked or not, is that invocation's: the gateway goes on serving the others.
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Invocation " + correlation.invocation() + " failed inside the gateway",
                    fault);
        } finally {
            try {
                record(trail, outcome);
            } finally {
                Correlation.enter(before);
            }
        }
        return outcome;
    }

    /** Of whoever waits for the answer: the record is safe before it goes out. */
    private void record(Trail trail, Outcome outcome) {
        if (trail.close()) {
            audit.commit(trail.ended(outcome, status.applyAsInt(outcome)));
        }
    }

    /** By a thread that must not wait for a disk. */
    private void recordEarly(Trail trail, Outcome outcome) {
        if (trail.close()) {
            audit.append(trail.ended(outcome, status.applyAsInt(outcome)));
        }
    }

    /** A tool whose record could not be written does not run, where that is demanded. */
    private void requireRecord(Trail trail) {
        if (audit.required() && !audit.begin(trail.begun())) {
            throw new Stop(new Outcome.Unrecordable());
        }
    }

    private Outcome road(Snapshot snapshot, Attribution attribution, InvocationCall call, Trail trail) {
        Admission.requireAttribution(attribution);
        Admitted caller = Admission.authenticate(snapshot, attribution, call, trail, failures);
        Admission.requireScope(caller);
        InvocationRequest request = call.read();
        trail.received(call.received());
        String name = ToolNames.requested(request.tool());
        trail.asked(name, request.action());
        InvocationContext context = resolveSession(snapshot, caller, request, call);
        trail.in(context);
        Admission.requireAgent(snapshot, caller, context);
        Allowed permission = Selection.decide(snapshot, name, context, trail);
        CatalogTool tool = Selection.find(snapshot, permission, trail);
        Preparation preparation = () -> {
            Arguments arguments = Selection.check(snapshot, context, tool, request);
            Admission.confirm(current.get(), caller, call, attribution.peerAddress(), trail, failures);
            requireRecord(trail);
            trail.begins();
            return arguments;
        };
        Job job = new Job(call.id(), tool, preparation, context, Delivery.of(call), snapshot, call.hangup());
        return run(job, null, 0, late -> answerEarly(call, trail, late));
    }

    /** Although nothing may be had to write the record with. */
    private void answerEarly(InvocationCall call, Trail trail, Outcome late) {
        try {
            recordEarly(trail, late);
        } finally {
            call.answerEarly(late);
        }
    }

    private Outcome run(Job job, @Nullable Tenure parent, int depth, Consumer<Outcome> abandoned) {
        Tenure tenure = new Tenure();
        try {
            return executor.execute(
                    new Execution(job, lent(job, tenure, depth), tenure, parent, abandoned), job.hangup());
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
            Allowed permission = Selection.decide(snapshot, name, parent.context(), trail);
            CatalogTool tool = Selection.find(snapshot, permission, trail);
            Preparation preparation = () -> {
                Arguments arguments = Selection.check(snapshot, parent.context(), tool, request);
                requireRecord(trail);
                trail.begins();
                return arguments;
            };
            return run(parent.nested(id, tool, preparation), tenure, depth, late -> recordEarly(trail, late));
        });
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
                            call.header("x-openclaw-message-channel"),
                            call.header("x-openclaw-account-id")));
        } catch (InvalidSessionException invalid) {
            throw new Stop(new Outcome.InvalidRequest(invalid.getMessage()));
        }
    }
}
