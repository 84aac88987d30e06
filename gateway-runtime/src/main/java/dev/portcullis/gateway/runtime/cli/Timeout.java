package dev.portcullis.gateway.runtime.cli;

import java.time.Duration;

/** What {@code --timeout} says, in milliseconds. */
final class Timeout {
    private Timeout() {}

    /** @throws CliException if it leaves no time */
    static Duration ofMillis(long timeout) {
        if (timeout < 1) {
            throw CliException.usage("--timeout is " + timeout + ": it must be at least 1 millisecond");
        }
        return Duration.ofMillis(timeout);
    }
}
