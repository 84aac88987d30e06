package dev.portcullis.gateway.api.policy;

import dev.portcullis.gateway.api.auth.Principal;
import java.util.Optional;

/**
 * The circumstances that a policy may look at. The name of the tool is not among them, so that one answer serves every
 * decision of a context. Implemented by the gateway; immutable.
 */
public interface PolicyContext {
    /**
     * Who the caller proved to be.
     *
     * @return the principal with its scopes
     */
    Principal principal();

    /**
     * The door the request came in by.
     *
     * @return {@code http} now; other surfaces will follow
     */
    String surface();

    /**
     * The session.
     *
     * @return the canonical key, for instance {@code agent:main:main}
     */
    String sessionKey();

    /**
     * The agent that owns the session.
     *
     * @return the agent id
     */
    String agentId();

    /**
     * The messaging channel.
     *
     * @return a lower-case channel id, if the session or the request names one
     */
    Optional<String> channel();

    /**
     * The account within the channel.
     *
     * @return the account id, if the session or the request names one
     */
    Optional<String> accountId();

    /**
     * The group within the channel.
     *
     * @return the group id, if the session belongs to a group
     */
    Optional<String> groupId();

    /**
     * How deep the session is among subagents.
     *
     * @return 0 for a session that is no subagent's
     */
    int subagentDepth();
}
