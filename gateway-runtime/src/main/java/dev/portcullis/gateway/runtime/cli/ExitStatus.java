package dev.portcullis.gateway.runtime.cli;

/** What the exit codes of every command mean; documented in its help. */
final class ExitStatus {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    /** {@code EX_CONFIG}: starting again without changing the configuration is of no use. */
    static final int CONFIGURATION = 78;

    private ExitStatus() {}
}
