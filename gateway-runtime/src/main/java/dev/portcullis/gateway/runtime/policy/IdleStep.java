package dev.portcullis.gateway.runtime.policy;

import org.jspecify.annotations.Nullable;

/**
 * A step without a rule here; it only tells the explanation why.
 *
 * @param why for instance that nothing is configured
 */
record IdleStep(String name, String why) implements Step {
    static final String NOT_CONFIGURED = "not configured";

    /** In plain: the ones that a record has by itself are spun at every start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdleStep that && name.equals(that.name) && why.equals(that.why);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + why.hashCode();
    }

    @Override
    public Verdict judge(Candidate tool) {
        return Verdict.none(name, why);
    }
}
