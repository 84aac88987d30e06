package dev.portcullis.gateway.runtime.config;

/**
 * {@code session}.
 *
 * @param mainKey what the main session of an agent is called; {@code main} unless configured
 */
public record SessionConfig(Scope scope, String mainKey) {
    /** Whether every agent has its own main session, or all share one. */
    public enum Scope {
        PER_SENDER,
        GLOBAL
    }
}
