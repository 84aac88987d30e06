package dev.portcullis.gateway.runtime.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one request. Holds no argument, no result and no credential. Flat below its four parts, and made once a
 * request: what is not known is null.
 *
 * @param surface the door it came in by
 * @param client whom the request is attributed to
 * @param peer the other end of the connection
 * @param trace W3C trace id that the caller sent
 */
public record AuditRecord(
        Instant time,
        String invocation,
        String surface,
        String client,
        String peer,
        @Nullable String trace,
        Caller caller,
        Request request,
        Ruling ruling,
        End end,
        Steps steps) {
    /** The outcome of what has none yet. */
    public static final String BEGAN = "began";

    /**
     * Who asked.
     *
     * @param method how the caller was authenticated
     * @param failure why the caller was not
     */
    public record Caller(
            @Nullable String principal,
            @Nullable String method,
            @Nullable String failure) {}

    /**
     * What was asked for.
     *
     * @param action name of the tool's action, from the field of that name
     * @param bytes of the body; 0 if it was not read
     */
    public record Request(
            @Nullable String tool,
            @Nullable String action,
            @Nullable String session,
            @Nullable String agent,
            @Nullable String channel,
            @Nullable String account,
            long bytes) {}

    /**
     * What policy said.
     *
     * @param decision {@code allowed}, {@code denied} or {@code policy_error}; null if it was not asked
     * @param label the step that denied
     * @param reason one sentence for the operator
     * @param change what would have to change for the tool to be reached
     */
    public record Ruling(
            @Nullable String decision,
            @Nullable String label,
            @Nullable String reason,
            @Nullable String change) {}

    /**
     * How it ended.
     *
     * @param plugin provider of the tool, if there is one
     * @param outcome stable code
     * @param category where the fault lies; null if there is none
     * @param nanos from the arrival of the head to the outcome
     * @param toolNanos the part of them that was the tool's; 0 if no tool ran
     * @param bytes of the result, about; 0 if there is none
     */
    public record End(
            @Nullable String plugin,
            @Nullable String pluginVersion,
            String outcome,
            @Nullable String category,
            int status,
            long nanos,
            long toolNanos,
            long bytes) {}

    /**
     * When it got how far, in nanoseconds since its time; 0 if it did not. For traces alone: no record shows them.
     *
     * @param admitted the caller was known
     * @param located session and agent were known, and policy was asked
     * @param decided policy had answered
     */
    public record Steps(long admitted, long located, long decided) {
        /** None that anybody has to know. */
        static final Steps NONE = new Steps(0, 0, 0);
    }

    /** Somebody who was not let in, and asked for nothing yet. */
    public static AuditRecord notAdmitted(
            String id, String surface, String client, String peer, String reason, String outcome, int status) {
        return new AuditRecord(
                Instant.now(),
                id,
                surface,
                client,
                peer,
                null,
                new Caller(null, null, reason),
                new Request(null, null, null, null, null, null, 0),
                new Ruling(null, null, null, null),
                new End(null, null, outcome, "authentication", status, 0, 0, 0),
                Steps.NONE);
    }

    /** Whether its caller was known, whatever became of it then. */
    public boolean admitted() {
        return caller.principal() != null;
    }

    /** How it ended, in one word. */
    public String outcome() {
        return end.outcome();
    }

    public int status() {
        return end.status();
    }
}
