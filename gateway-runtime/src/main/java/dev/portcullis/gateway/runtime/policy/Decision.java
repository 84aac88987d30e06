package dev.portcullis.gateway.runtime.policy;

/** Whether a tool may be reached in a context. There is no third answer: what cannot be computed is an exception. */
public sealed interface Decision permits Allowed, Denied {
    /** The tool that was asked for, after aliases. */
    String tool();
}
