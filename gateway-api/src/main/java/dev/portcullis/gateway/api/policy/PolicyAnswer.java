package dev.portcullis.gateway.api.policy;

import java.util.List;
import java.util.Objects;

/** Policies that hold in a context, and for how long they may be remembered. Immutable. */
public final class PolicyAnswer {
    private static final PolicyAnswer NO_OPINION = new PolicyAnswer(List.of(), Validity.thisCall());

    private final List<ToolPolicy> policies;
    private final Validity validity;

    private PolicyAnswer(List<ToolPolicy> policies, Validity validity) {
        this.policies = List.copyOf(policies);
        this.validity = Objects.requireNonNull(validity, "validity");
    }

    /**
     * Policies for this call only.
     *
     * @param policies each a step that a tool must survive
     * @return an answer that is asked for again next time
     */
    public static PolicyAnswer of(ToolPolicy... policies) {
        return new PolicyAnswer(List.of(policies), Validity.thisCall());
    }

    /**
     * Policies that may be remembered for the context.
     *
     * @param policies each a step that a tool must survive
     * @param validity for how long
     * @return the answer
     */
    public static PolicyAnswer of(List<ToolPolicy> policies, Validity validity) {
        return new PolicyAnswer(policies, validity);
    }

    /**
     * Nothing to say this time.
     *
     * @return an answer without policies, for this call only
     */
    public static PolicyAnswer noOpinion() {
        return NO_OPINION;
    }

    /**
     * The policies.
     *
     * @return an immutable list, possibly empty
     */
    public List<ToolPolicy> policies() {
        return policies;
    }

    /**
     * How long they may be remembered for the context they were asked for.
     *
     * @return the validity
     */
    public Validity validity() {
        return validity;
    }

    @Override
    public String toString() {
        return "PolicyAnswer[" + policies + ", " + validity + "]";
    }
}
