package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.runtime.audit.AuditRecord;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.catalog.ToolDescription;
import dev.portcullis.gateway.runtime.policy.Denied;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of an invocation so far; becomes its audit record. One thread until the tool runs. */
final class Trail {
    /** A name, and nothing that could be an argument. */
    private static final Pattern ACTION = Pattern.compile("[\\w.:-]{1,64}");

    private static final AtomicIntegerFieldUpdater<Trail> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(Trail.class, "closed");

    private final Instant began = Instant.now();
    private final long beganNanos = System.nanoTime();
    private final String id;
    private final String surface;
    private final String client;
    private final String peer;
    private volatile int closed;
    private @Nullable String principal;
    private @Nullable String method;
    private @Nullable String authFailure;
    private @Nullable String trace;
    private @Nullable String tool;
    private @Nullable String action;
    private @Nullable InvocationContext context;
    private @Nullable ToolDescription found;
    private @Nullable String decision;
    private @Nullable String label;
    private @Nullable String reason;
    private @Nullable String change;
    private long received;
    private long ranNanos;
    private long admittedNanos;
    private long locatedNanos;
    private long decidedNanos;

    Trail(InvocationCall call, Attribution attribution, @Nullable String trace) {
        this(call.id(), call.surface(), attribution.client(), attribution.peerAddress());
        this.trace = trace;
    }

    /** Of a request that invokes nothing. */
    static Trail visit(String id, String surface, Attribution attribution) {
        return new Trail(id, surface, attribution.client(), attribution.peerAddress());
    }

    private Trail(String id, String surface, String client, String peer) {
        this.id = id;
        this.surface = surface;
        this.client = client;
        this.peer = peer;
    }

    /** Of an invocation that another one asked for. */
    static Trail nested(String id, String parent, InvocationContext context) {
        Trail trail = new Trail(id, "tool", "invocation " + parent, "");
        trail.principal = context.principal().name();
        trail.method = "nested";
        trail.in(context);
        return trail;
    }

    void admitted(Admitted admitted) {
        this.principal = admitted.principal().name();
        this.method = admitted.method();
        this.admittedNanos = passed();
    }

    private long passed() {
        return System.nanoTime() - beganNanos;
    }

    void notAdmitted(String reason) {
        this.authFailure = reason;
    }

    void received(long bytes) {
        this.received = bytes;
    }

    void asked(String name, Optional<String> actionName) {
        this.tool = name;
        this.action = actionName.filter(text -> ACTION.matcher(text).matches()).orElse(null);
    }

    void in(InvocationContext where) {
        this.context = where;
        this.locatedNanos = passed();
    }

    void allowed() {
        this.decision = "allowed";
        this.decidedNanos = passed();
    }

    void denied(Denied denied) {
        this.decision = "denied";
        this.decidedNanos = passed();
        this.label = denied.label();
        this.reason = denied.reason();
        this.change = denied.change();
    }

    void undecided(String source) {
        this.decision = "policy_error";
        this.decidedNanos = passed();
        this.label = "plugins." + source;
        this.reason = "The policy source " + source + " gave no answer, so no tool can be reached.";
        this.change = "make the policy source answer again: the log of the gateway says what it threw";
    }

    void absent() {
        this.label = "catalog";
        this.reason = "Every step let the name pass, but no loaded plugin had a tool of it.";
        this.change =
                "check the spelling, or load the plugin: `portcullis tools list` and `portcullis plugins list` show what there is";
    }

    /** Denied or not: who would have run. */
    void concerns(ToolDescription description) {
        this.found = description;
    }

    void begins() {
        this.ranNanos = System.nanoTime();
    }

    /** True once: an invocation has one record, also when its tool never comes back. */
    boolean close() {
        return closed == 0 && CLOSED.compareAndSet(this, 0, 1);
    }

    /** Its tool is about to run: for records that must not wait for the end. */
    AuditRecord begun() {
        return record(new AuditRecord.End(
                found == null ? null : found.provider(),
                found == null ? null : found.pluginVersion(),
                AuditRecord.BEGAN,
                null,
                0,
                passed(),
                0,
                0));
    }

    AuditRecord ended(Outcome outcome, int status) {
        long now = System.nanoTime();
        String category = outcome.category();
        return record(new AuditRecord.End(
                found == null ? null : found.provider(),
                found == null ? null : found.pluginVersion(),
                outcome.code(),
                category.isEmpty() ? null : category,
                status,
                now - beganNanos,
                ranNanos == 0 ? 0 : now - ranNanos,
                outcome instanceof Outcome.Completed completed ? completed.size() : 0));
    }

    private AuditRecord record(AuditRecord.End end) {
        return new AuditRecord(
                began,
                id,
                surface,
                client,
                peer,
                trace,
                new AuditRecord.Caller(principal, method, authFailure),
                request(),
                new AuditRecord.Ruling(decision, label, reason, change),
                end,
                new AuditRecord.Steps(admittedNanos, locatedNanos, decidedNanos));
    }

    private AuditRecord.Request request() {
        InvocationContext where = context;
        return where == null
                ? new AuditRecord.Request(tool, action, null, null, null, null, received)
                : new AuditRecord.Request(
                        tool,
                        action,
                        where.sessionKey(),
                        where.agentId(),
                        where.channel().orElse(null),
                        where.accountId().orElse(null),
                        received);
    }
}
