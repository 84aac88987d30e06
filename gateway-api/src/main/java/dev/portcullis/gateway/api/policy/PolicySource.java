package dev.portcullis.gateway.api.policy;

/**
 * Answers which policies hold in a context. Called concurrently, on a virtual thread that is interrupted when its time is
 * up; one second is all it has, unless configured otherwise.
 *
 * <p>When it throws, returns null or is late, nothing is allowed: every invocation is answered with 500 until it answers
 * again.
 */
@FunctionalInterface
public interface PolicySource {
    /**
     * The policies of a context. They must not depend on anything but the context and, as the answer's
     * {@link Validity} says, on time.
     *
     * @param context who asks, from where, in which session; never which tool
     * @return the policies, each a step of its own, and how long they hold
     * @throws Exception makes every decision fail, closed
     */
    PolicyAnswer policies(PolicyContext context) throws Exception;
}
