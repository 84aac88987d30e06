package dev.portcullis.gateway.runtime.policy;

/**
 * One step that a tool must survive. A step can only remove; nothing later brings a tool back. Immutable: the same object
 * serves deciding and explaining.
 */
sealed interface Step permits IdleStep, RuleStep, ProfileStep, RemovalStep, HttpDenyList.Applied {
    /** What the step is called, whatever it says. */
    String name();

    Verdict judge(Candidate tool);
}
