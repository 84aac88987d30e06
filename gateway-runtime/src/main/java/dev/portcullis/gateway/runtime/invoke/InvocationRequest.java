package dev.portcullis.gateway.runtime.invoke;

import java.util.Map;
import java.util.Optional;

/**
 * What a caller asks for, as it stood in the body.
 *
 * @param tool trimmed, not blank
 * @param action field that is merged into the arguments if the tool has one
 * @param arguments plain values
 */
public record InvocationRequest(
        String tool,
        Optional<String> action,
        Map<String, Object> arguments,
        Optional<String> sessionKey,
        Optional<String> agentId) {}
