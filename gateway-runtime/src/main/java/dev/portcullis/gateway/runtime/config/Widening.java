package dev.portcullis.gateway.runtime.config;

/**
 * One thing that a configuration lets pass and the one before it did not.
 *
 * @param path the key
 * @param lost whether a rule is gone, or empty, that was written before; otherwise the text itself gives more
 * @param what in words; no secret is in it
 */
public record Widening(String path, boolean lost, String what) {
    /** {@code key: what}. */
    public String text() {
        return path + ": " + what;
    }
}
