package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.PolicyContext;
import dev.portcullis.gateway.runtime.telemetry.BoundedCalls;
import dev.portcullis.gateway.runtime.telemetry.BoundedCalls.NoAnswerException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks one policy source, with a time limit; without an answer nothing is decided. */
final class SourceCaller {
    private final NamedPolicySource source;
    private final BoundedCalls calls;

    SourceCaller(NamedPolicySource source, Duration limit) {
        this.source = source;
        this.calls = new BoundedCalls("policy-source-" + source.name(), limit, "gateway.invoke.policySourceTimeoutMs");
    }

    String name() {
        return source.name();
    }

    PolicyAnswer ask(PolicyContext context) {
        PolicyAnswer answer;
        try {
            answer = calls.call(() -> source.source().policies(context));
        } catch (NoAnswerException none) {
            throw unavailable(none.what(), null);
        } catch (Throwable thrown) {
            throw unavailable("failed with " + thrown.getClass().getName(), thrown);
        }
        if (answer == null) {
            throw unavailable("answered null, which its contract forbids", null);
        }
        return answer;
    }

    private PolicyUnavailableException unavailable(String what, @Nullable Throwable cause) {
        return new PolicyUnavailableException(
                source.name(),
                "The policy source of plugin " + source.name() + " " + what
                        + ". Nothing is allowed until it answers; see the plugin's own log, or disable it with"
                        + " plugins.entries." + source.name() + ".enabled = false",
                cause);
    }
}
