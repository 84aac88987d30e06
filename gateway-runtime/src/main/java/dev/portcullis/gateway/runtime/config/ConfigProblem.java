package dev.portcullis.gateway.runtime.config;

import java.util.Objects;

/**
 * Something in a configuration that is wrong or doubtful: what, which and where, why, and what to do. Quotes the value unless
 * it is a secret.
 *
 * @param source the file, or what else the value came from; empty if nobody wrote it
 * @param line 0 where it is not known
 * @param path where in the configuration; empty for the file as a whole
 * @param what what is wrong, and why
 * @param advice what to do about it
 */
public record ConfigProblem(String source, int line, String path, String what, String advice) {
    public ConfigProblem {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(advice, "advice");
    }

    /** {@code file:line: path: what. advice}. */
    public String text() {
        StringBuilder text = new StringBuilder(source);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(source.isEmpty() ? "" : ": ");
        text.append(path).append(path.isEmpty() ? "" : ": ").append(what);
        if (!what.endsWith(".") && !what.endsWith("?")) {
            text.append('.');
        }
        return text.append(advice.isEmpty() ? "" : " ").append(advice).toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
