package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.TextRedaction;
import java.util.List;

/** A command that cannot do what it was asked for. Its message is for the operator, and holds no secret. */
class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> details;

    CliException(int status, String message, List<String> details) {
        super(message);
        this.status = status;
        this.details = List.copyOf(details);
    }

    static CliException failed(String message) {
        return new CliException(ExitStatus.FAILED, message, List.of());
    }

    static CliException usage(String message) {
        return new CliException(ExitStatus.USAGE, message, List.of());
    }

    static CliException configuration(String message, List<String> problems) {
        return new CliException(ExitStatus.CONFIGURATION, message, problems);
    }

    static CliException withDetails(int status, String message, List<String> details) {
        return new CliException(status, message, details);
    }

    /** The same without what looks like a secret: messages may quote a configuration. */
    final CliException redacted() {
        return new CliException(
                status,
                TextRedaction.of(String.valueOf(getMessage())),
                details.stream().map(TextRedaction::of).toList());
    }

    final int status() {
        return status;
    }

    /** All that is wrong, one entry a problem, when the message alone does not say it. */
    final List<String> details() {
        return details;
    }
}
