package dev.portcullis.gateway.api.auth;

import java.util.Objects;

/** The answer of an {@link Authenticator}: authenticated, rejected or abstained, and nothing else. */
public sealed interface AuthResult {
    /**
     * The caller proved to be somebody.
     *
     * @param principal who
     */
    record Authenticated(Principal principal) implements AuthResult {
        /** Refuses null. */
        public Authenticated {
            Objects.requireNonNull(principal, "principal");
        }
    }

    /**
     * The caller is refused: the chain ends and the answer is 401.
     *
     * @param failure why; logged, never sent
     */
    record Rejected(AuthFailure failure) implements AuthResult {
        /** Refuses null. */
        public Rejected {
            Objects.requireNonNull(failure, "failure");
        }
    }

    /**
     * The request carries nothing that this authenticator knows: the next one is asked.
     *
     * <p>A credential that does not say whom it is meant for, such as a bearer text, may be another provider's: whoever does
     * not know it abstains with {@link AuthFailure#wrong}, and if nobody knows it, it counts towards a lockout, once.
     *
     * @param failure why; logged if every authenticator abstains
     */
    record Abstained(AuthFailure failure) implements AuthResult {
        /** Refuses null. */
        public Abstained {
            Objects.requireNonNull(failure, "failure");
        }
    }

    /**
     * The caller proved to be somebody.
     *
     * @param principal who
     * @return ends the chain
     */
    static AuthResult authenticated(Principal principal) {
        return new Authenticated(principal);
    }

    /**
     * The caller is refused.
     *
     * @param failure why
     * @return ends the chain
     */
    static AuthResult rejected(AuthFailure failure) {
        return new Rejected(failure);
    }

    /**
     * The request carries nothing that this authenticator knows.
     *
     * @param failure why: {@link AuthFailure#missing}, or {@link AuthFailure#wrong} for an unknown credential that may be
     *     another provider's
     * @return leaves it to the next provider
     */
    static AuthResult abstained(AuthFailure failure) {
        return new Abstained(failure);
    }
}
