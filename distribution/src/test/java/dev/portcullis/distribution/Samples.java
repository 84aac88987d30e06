package dev.portcullis.distribution;

/** The sample plugins, by the names that the tests need. */
final class Samples {
    static final String TOOL_CALL = "{\"tool\":\"session_status\"}";

    private Samples() {}
}
