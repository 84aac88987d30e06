package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.tool.ToolResult;
import java.time.Duration;

/** How an invocation ended. Messages are for the caller; what only operators may know goes to log and audit. */
public sealed interface Outcome {
    /**
     * The tool ran.
     *
     * @param size of the result in bytes of JSON, about
     */
    record Completed(ToolResult result, long size) implements Outcome {}

    /** Signs of a proxy that the gateway does not trust. */
    record ProxyUnattributed() implements Outcome {}

    /** No credential, or a wrong one. */
    record Unauthenticated() implements Outcome {}

    /** Too many wrong credentials. */
    record LockedOut(Duration retryAfter) implements Outcome {}

    /** An auth provider broke its contract. */
    record AuthenticationFailed() implements Outcome {}

    /** The caller is known, but has no such right. */
    record MissingScope(String scope) implements Outcome {}

    /** The body is larger than may be. */
    record BodyTooLarge() implements Outcome {}

    /** The body did not arrive in time. */
    record BodyTimedOut() implements Outcome {}

    /** The body is no JSON. */
    record BodyMalformed(String message) implements Outcome {}

    /** The request makes no sense: no name, a malformed session key, an unknown agent. */
    record InvalidRequest(String message) implements Outcome {}

    /** Denied or unknown: nobody outside can tell. */
    record NotAvailable(String tool) implements Outcome {}

    /** A policy source did not answer: nothing can be decided about any tool. */
    record PolicyFailed() implements Outcome {}

    /** The arguments do not fit, by the schema or in the tool's own words. */
    record InvalidArguments(String message) implements Outcome {}

    /** A rule about this person, not about the tool, forbids it. */
    record Blocked(String message) implements Outcome {}

    /** The tool refuses this principal. */
    record Forbidden(String message) implements Outcome {}

    /** The tool failed; why is in the log. */
    record ToolFailed() implements Outcome {}

    /** The tool did not end before its deadline. */
    record TimedOut(Duration limit) implements Outcome {}

    /** The caller left; there is nobody to answer. */
    record Cancelled() implements Outcome {}

    /** As many invocations are running as may. */
    record Overloaded() implements Outcome {}

    /** Earlier invocations of the tool do not end: it is refused until they do. */
    record RanAway() implements Outcome {}

    /** The gateway is stopping. */
    record Draining() implements Outcome {}

    /** The tool still ran when the gateway could wait no longer to stop. */
    record CutOff() implements Outcome {}

    /** What is done has to be recorded, and cannot be. */
    record Unrecordable() implements Outcome {}

    /** A fault of the gateway's own. */
    record Broken() implements Outcome {}

    /** Stable code for audit and metrics. */
    default String code() {
        return switch (this) {
            case Completed _ -> "completed";
            case ProxyUnattributed _ -> "proxy_attribution_required";
            case Unauthenticated _ -> "unauthorized";
            case LockedOut _ -> "rate_limited";
            case AuthenticationFailed _ -> "auth_error";
            case MissingScope _ -> "missing_scope";
            case BodyTooLarge _ -> "body_too_large";
            case BodyTimedOut _ -> "body_timeout";
            case BodyMalformed _ -> "body_malformed";
            case InvalidRequest _ -> "invalid_request";
            case NotAvailable _ -> "not_available";
            case PolicyFailed _ -> "policy_error";
            case InvalidArguments _ -> "invalid_arguments";
            case Blocked _ -> "blocked";
            case Forbidden _ -> "forbidden";
            case ToolFailed _ -> "tool_failed";
            case TimedOut _ -> "timed_out";
            case Cancelled _ -> "cancelled";
            case Overloaded _ -> "overloaded";
            case RanAway _ -> "tool_runaway";
            case Draining _ -> "draining";
            case CutOff _ -> "cut_off";
            case Unrecordable _ -> "audit_unavailable";
            case Broken _ -> "internal_error";
        };
    }

    /** Where the fault lies, for audit and metrics; empty if there is none. */
    default String category() {
        return switch (this) {
            case Completed _ -> "";
            case ProxyUnattributed _, Unauthenticated _, LockedOut _, AuthenticationFailed _ -> "authentication";
            case MissingScope _, Blocked _, Forbidden _ -> "authorization";
            case NotAvailable _, PolicyFailed _ -> "policy";
            case BodyTooLarge _, BodyTimedOut _, BodyMalformed _, InvalidRequest _, InvalidArguments _ -> "input";
            case ToolFailed _, TimedOut _, RanAway _ -> "tool";
            case Cancelled _ -> "caller";
            case Overloaded _, Draining _ -> "capacity";
            case CutOff _, Unrecordable _, Broken _ -> "gateway";
        };
    }
}
