package dev.portcullis.gateway.runtime.policy;

/**
 * A step without a rule here; it only tells the explanation why.
 *
 * @param why for instance that nothing is configured
 */
record IdleStep(String name, String why) implements Step {
    static final String NOT_CONFIGURED = "not configured";

    @Override
    public Verdict judge(Candidate tool) {
        return Verdict.none(name, why);
    }
}
