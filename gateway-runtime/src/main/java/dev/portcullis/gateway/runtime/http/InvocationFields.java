package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.invoke.InvocationRequest;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Stop;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a body that mean something, as plain values; the last of two equal ones wins, others are dropped. */
final class InvocationFields {
    private static final String[] NAMES = {"tool", "args", "name", "action", "sessionKey", "agentId"};

    private @Nullable Object tool;
    private @Nullable Object args;
    private @Nullable Object name;
    private @Nullable Object action;
    private @Nullable Object sessionKey;
    private @Nullable Object agentId;

    /** Whether a field of that name is looked at. */
    static boolean matters(String field) {
        for (String known : NAMES) {
            if (known.equals(field)) {
                return true;
            }
        }
        return false;
    }

    void put(String field, @Nullable Object value) {
        switch (field) {
            case "tool" -> tool = value;
            case "args" -> args = value;
            case "name" -> name = value;
            case "action" -> action = value;
            case "sessionKey" -> sessionKey = value;
            case "agentId" -> agentId = value;
            default -> {}
        }
    }

    /** @throws Stop if they are no request */
    InvocationRequest request() {
        Object asked = name != null ? name : tool;
        if (!(asked instanceof String text) || text.isBlank()) {
            throw new Stop(new Outcome.InvalidRequest("tools.invoke requires name"));
        }
        return new InvocationRequest(
                text.strip(), text(action).map(String::strip), arguments(), text(sessionKey), text(agentId));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> arguments() {
        return switch (args) {
            case null -> Map.of();
            case Map<?, ?> map -> (Map<String, Object>) map;
            default -> throw new Stop(new Outcome.InvalidRequest("args must be an object"));
        };
    }

    /** A field that is no text, or a blank one, counts as absent. */
    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
