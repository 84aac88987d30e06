package dev.portcullis.gateway.runtime.session;

import java.time.Instant;
import java.util.Objects;

/**
 * One entry of a transcript.
 *
 * @param role {@code user}, {@code assistant}, {@code tool} …
 */
public record TranscriptMessage(String role, String text, Instant at) {
    public TranscriptMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(at, "at");
    }

    /** What was said is nobody's business. */
    @Override
    public String toString() {
        return "TranscriptMessage[" + role + ", " + text.length() + " characters]";
    }
}
