package dev.portcullis.gateway.runtime.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What happened to one request. Holds no argument, no result and no credential.
 *
 * @param client whom the request is attributed to
 * @param peer the other end of the connection
 * @param method how the caller was authenticated
 * @param authFailure why the caller was not
 * @param decision {@code allowed}, {@code denied} or {@code policy_error}; empty if none was asked for
 * @param label the step that denied
 * @param plugin provider of the tool that ran
 * @param outcome stable code of how it ended
 */
public record AuditRecord(
        Instant time,
        String invocation,
        String surface,
        String client,
        String peer,
        Optional<String> principal,
        Optional<String> method,
        Optional<String> authFailure,
        Optional<String> tool,
        Optional<String> plugin,
        Optional<String> session,
        Optional<String> decision,
        Optional<String> label,
        String outcome,
        int status,
        Duration duration) {}
