package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.api.auth.Principal;
import java.time.Duration;

/** How authentication ended. Only {@link Admitted} lets a request go on. */
public sealed interface AuthDecision {
    /**
     * The caller is somebody.
     *
     * @param principal with the scopes that hold for this request
     * @param method the provider that knew the caller
     * @param generation of the chain that decided; compared with the current one just before the tool runs
     */
    record Admitted(Principal principal, String method, long generation) implements AuthDecision {
        /**
         * Whether the caller showed nothing of its own: there is nothing to show, or a proxy vouched for it. That holds for
         * routes which the proxy authenticates, and probes are none.
         */
        public boolean ambient() {
            return method.equals(AuthenticationChain.NONE) || method.equals(AuthenticationChain.TRUSTED_PROXY);
        }
    }

    /**
     * Answered with 401.
     *
     * @param reason for log and audit, never for the caller
     */
    record Refused(String reason) implements AuthDecision {}

    /** Answered with 429; no authenticator was asked. */
    record LockedOut(Duration retryAfter) implements AuthDecision {}

    /**
     * A provider broke its contract: answered with 500.
     *
     * @param detail for the log; says what was thrown and where, never a message, which might quote a credential
     */
    record Failed(String provider, String detail) implements AuthDecision {}
}
