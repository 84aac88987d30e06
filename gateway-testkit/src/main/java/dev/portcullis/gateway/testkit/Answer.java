package dev.portcullis.gateway.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call came to: what the client would read, and what the operator's audit log would hold. Immutable.
 *
 * <p>Numbers of JSON are {@link Long}, {@link Double} or {@link java.math.BigDecimal}; objects are maps in the order in
 * which they were written, arrays are lists.
 */
public final class Answer {
    private final int status;
    private final Map<String, Object> body;
    private final String outcome;
    private final Optional<String> principal;
    private final Optional<String> authFailure;
    private final Optional<String> deniedBy;

    Answer(
            int status,
            Map<String, Object> body,
            String outcome,
            Optional<String> principal,
            Optional<String> authFailure,
            Optional<String> deniedBy) {
        this.status = status;
        this.body = body;
        this.outcome = outcome;
        this.principal = principal;
        this.authFailure = authFailure;
        this.deniedBy = deniedBy;
    }

    /**
     * The HTTP status.
     *
     * @return 200 exactly if the tool ran and returned
     */
    public int status() {
        return status;
    }

    /**
     * The whole body.
     *
     * @return an object, as the client parses it
     */
    public Map<String, Object> body() {
        return body;
    }

    /**
     * The plain value of the result: what the tool gave to {@code ToolResult.of}, after its way through JSON.
     *
     * @return {@code result.details}; null if the result has none, or is null
     * @throws AssertionError if the call failed; it says how
     */
    public @Nullable Object details() {
        return result().get("details");
    }

    /**
     * The text of the result: what the tool gave to {@code ToolResult.text}, or the JSON text of its value.
     *
     * @return the first part of the content that is a text
     * @throws AssertionError if the call failed, or there is no text; it says how
     */
    public String text() {
        return content().stream()
                .filter(part -> "text".equals(part.get("type")))
                .map(part -> String.valueOf(part.get("text")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The result has no text: " + this));
    }

    /**
     * The parts of the result, as the client sees them.
     *
     * @return {@code result.content}; none if the tool returned {@code ToolResult.none()}
     * @throws AssertionError if the call failed; it says how
     */
    @SuppressWarnings("unchecked") // the gateway's own answer
    public List<Map<String, Object>> content() {
        return (List<Map<String, Object>>) result().getOrDefault("content", List.of());
    }

    /**
     * The type of the error.
     *
     * @return {@code error.type}, such as {@code tool_error} or {@code not_found}; empty if the call succeeded
     */
    public Optional<String> errorType() {
        return Optional.ofNullable(error().get("type")).map(String::valueOf);
    }

    /**
     * What the client is told about the error.
     *
     * @return {@code error.message}; empty if the call succeeded
     */
    public Optional<String> message() {
        return Optional.ofNullable(error().get("message")).map(String::valueOf);
    }

    /**
     * How the call ended, in the word of the audit log: {@code completed}, {@code invalid_arguments}, {@code tool_failed},
     * {@code timed_out}, {@code not_available}, {@code unauthorized} …; {@code docs/http-api.md} has them all.
     *
     * @return a stable code
     */
    public String outcome() {
        return outcome;
    }

    /**
     * Whom the call was from, as authentication found out.
     *
     * @return the principal's name; empty if nobody was admitted
     */
    public Optional<String> principal() {
        return principal;
    }

    /**
     * Why nobody was admitted.
     *
     * @return the reason code of an auth provider; empty if somebody was
     */
    public Optional<String> authFailure() {
        return authFailure;
    }

    /**
     * Which step of policy denied the tool.
     *
     * @return its label: a configuration path, {@code plugins.<name>:} and the label that a policy source gave, or
     *     {@code catalog}; empty if the tool was allowed, or nothing was decided
     */
    public Optional<String> deniedBy() {
        return deniedBy;
    }

    @SuppressWarnings("unchecked") // the gateway's own answer
    private Map<String, Object> result() {
        if (status != 200) {
            throw new AssertionError("The call did not succeed: " + this);
        }
        return (Map<String, Object>) body.getOrDefault("result", Map.of());
    }

    private Map<?, ?> error() {
        return body.get("error") instanceof Map<?, ?> error ? error : Map.of();
    }

    /**
     * For messages of tests.
     *
     * @return all that is known of the answer, results included
     */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("Answer[").append(status).append(' ').append(outcome);
        deniedBy.ifPresent(label -> text.append(", denied by ").append(label));
        authFailure.ifPresent(reason -> text.append(", not admitted: ").append(reason));
        return text.append(", ").append(body).append(']').toString();
    }
}
