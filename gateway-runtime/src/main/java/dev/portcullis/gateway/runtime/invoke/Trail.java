package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.runtime.audit.AuditRecord;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.policy.Denied;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What is known of an invocation so far; becomes its audit record. One thread until the tool runs. */
final class Trail {
    private final Instant began = Instant.now();
    private final long beganNanos = System.nanoTime();
    private final String id;
    private final String surface;
    private final String client;
    private final String peer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable String principal;
    private @Nullable String method;
    private @Nullable String authFailure;
    private @Nullable String tool;
    private @Nullable String plugin;
    private @Nullable String session;
    private @Nullable String decision;
    private @Nullable String label;

    Trail(InvocationCall call, Attribution attribution) {
        this(call.id(), call.surface(), attribution.client(), attribution.peerAddress());
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
    }

    void notAdmitted(String reason) {
        this.authFailure = reason;
    }

    void asked(String name) {
        this.tool = name;
    }

    void in(InvocationContext context) {
        this.session = context.sessionKey();
    }

    void allowed() {
        this.decision = "allowed";
    }

    void denied(Denied denied) {
        this.decision = "denied";
        this.label = denied.label();
    }

    void undecided(String source) {
        this.decision = "policy_error";
        this.label = "plugins." + source;
    }

    void absent() {
        this.label = "catalog: no such tool";
    }

    void found(String provider) {
        this.plugin = provider;
    }

    /** True once: an invocation has one record, also when its tool never comes back. */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    AuditRecord ended(Outcome outcome, int status) {
        return new AuditRecord(
                began,
                id,
                surface,
                client,
                peer,
                Optional.ofNullable(principal),
                Optional.ofNullable(method),
                Optional.ofNullable(authFailure),
                Optional.ofNullable(tool),
                Optional.ofNullable(plugin),
                Optional.ofNullable(session),
                Optional.ofNullable(decision),
                Optional.ofNullable(label),
                outcome.code(),
                status,
                Duration.ofNanos(System.nanoTime() - beganNanos));
    }
}
