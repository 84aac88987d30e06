package dev.portcullis.gateway.api.auth;

import java.util.regex.Pattern;

/**
 * Why a caller was not authenticated. The reason is for logs, metrics and audit; the caller always sees the same 401.
 * Immutable.
 */
public final class AuthFailure {
    private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private final String reason;
    private final boolean counted;

    private AuthFailure(String reason, boolean counted) {
        if (!REASON.matcher(reason).matches()) {
            throw new IllegalArgumentException("Reason \"" + reason
                    + "\" is not valid: lower-case letters, digits and '_', at most 64 characters");
        }
        this.reason = reason;
        this.counted = counted;
    }

    /**
     * No credential, or one that cannot be judged: does not count towards a lockout.
     *
     * @param reason a stable code such as {@code token_missing}: {@code [a-z][a-z0-9_]*}, at most 64 characters
     * @return the failure
     * @throws IllegalArgumentException if the code does not match
     */
    public static AuthFailure missing(String reason) {
        return new AuthFailure(reason, false);
    }

    /**
     * A presented credential that is wrong: counts towards a lockout of the client address.
     *
     * @param reason a stable code such as {@code token_mismatch}: {@code [a-z][a-z0-9_]*}, at most 64 characters
     * @return the failure
     * @throws IllegalArgumentException if the code does not match
     */
    public static AuthFailure wrong(String reason) {
        return new AuthFailure(reason, true);
    }

    /**
     * The stable code.
     *
     * @return matches {@code [a-z][a-z0-9_]*}
     */
    public String reason() {
        return reason;
    }

    /**
     * Whether it counts towards a lockout.
     *
     * @return true only for a presented, wrong credential
     */
    public boolean counted() {
        return counted;
    }

    @Override
    public String toString() {
        return "AuthFailure[" + reason + (counted ? ", counted]" : "]");
    }
}
