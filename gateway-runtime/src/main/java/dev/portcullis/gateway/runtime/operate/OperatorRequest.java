package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.api.auth.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operator asks.
 *
 * @param segments of the path below {@code /portcullis/v1/}, decoded
 * @param query by name; one value each
 * @param body plain values; empty unless the request changes something
 */
public record OperatorRequest(
        boolean change,
        List<String> segments,
        Map<String, String> query,
        Map<String, Object> body,
        Principal principal) {
    public OperatorRequest {
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
        Objects.requireNonNull(principal, "principal");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** A text of the body; absent and null are the same. */
    Optional<String> text(String name) {
        Object value = body.get(name);
        if (value != null && !(value instanceof String)) {
            throw new InvalidRequestException("\"" + name + "\" must be a string");
        }
        return Optional.ofNullable((String) value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Its body is the caller's. */
    @Override
    public String toString() {
        return "OperatorRequest" + segments;
    }
}
