package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.audit.LogLimit;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthDecision;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.Optional;
import java.util.Set;

/** Who may go down the road, and how far; whoever may not is stopped. */
final class Admission {
    private Admission() {}

    /** Who has no credential can make a provider fail as often as they like. */
    static LogLimit failures() {
        return new LogLimit(System.getLogger(Admission.class.getName()), System.Logger.Level.ERROR);
    }

    static void requireAttribution(Attribution attribution) {
        if (attribution.kind() == Attribution.Kind.UNATTRIBUTABLE) {
            throw new Stop(new Outcome.ProxyUnattributed());
        }
    }

    static Admitted authenticate(
            Snapshot snapshot, Attribution attribution, InvocationCall call, Trail trail, LogLimit failures) {
        Admitted known = call.caller().orElse(null);
        if (known != null) {
            trail.admitted(known);
            return known;
        }
        return admitted(
                snapshot.authentication().authenticate(attribution, call.headers()), call.id(), trail, failures);
    }

    static Admitted admitted(AuthDecision decision, String id, Trail trail, LogLimit failures) {
        return switch (decision) {
            case Admitted admitted -> {
                trail.admitted(admitted);
                yield admitted;
            }
            case AuthDecision.Refused refused -> {
                trail.notAdmitted(refused.reason());
                throw new Stop(new Outcome.Unauthenticated());
            }
            case AuthDecision.LockedOut locked -> {
                trail.notAdmitted("rate_limited");
                throw new Stop(new Outcome.LockedOut(locked.retryAfter()));
            }
            case AuthDecision.Failed failed -> {
                trail.notAdmitted("auth_error");
                failures.log(() -> "Invocation " + id + ": auth provider \"" + failed.provider() + "\" "
                        + failed.detail() + ". Nobody is admitted by it until it answers again.");
                throw new Stop(new Outcome.AuthenticationFailed());
            }
        };
    }

    static void requireScope(Admitted caller) {
        if (!caller.principal().has(Scope.WRITE)) {
            throw new Stop(new Outcome.MissingScope(Scope.WRITE.name()));
        }
    }

    /** Named roles may limit a person to some agents. */
    static void requireAgent(Snapshot snapshot, Admitted caller, InvocationContext context) {
        Optional<Set<String>> agents = snapshot.authentication().agents(caller);
        if (agents.isPresent() && !agents.get().contains(context.agentId())) {
            throw new Stop(new Outcome.Blocked("Your operator role cannot create sessions for agent \""
                    + context.agentId()
                    + "\"; choose an allowed agent or ask a gateway administrator to update your role."));
        }
    }

    /** Reading the body takes time: a credential that was withdrawn meanwhile runs nothing. */
    static void confirm(
            Snapshot now, Admitted caller, InvocationCall call, String peer, Trail trail, LogLimit failures) {
        if (now.authentication().generation() == caller.generation()) {
            return;
        }
        Attribution attribution = now.ingress().attribute(peer, call.headers());
        requireAttribution(attribution);
        Admitted again =
                admitted(now.authentication().recheck(attribution, call.headers()), call.id(), trail, failures);
        if (!call.limited(again.principal()).equals(caller.principal())) {
            trail.notAdmitted("authority_changed");
            throw new Stop(new Outcome.Unauthenticated());
        }
    }
}
