package dev.portcullis.gateway.api.tool;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.plugin.GatewayServices;
import java.time.Instant;
import java.util.Optional;

/**
 * One request to run one tool: the arguments and who asks, from where, in which session. Implemented by the gateway;
 * immutable, and not valid after {@link Tool#invoke} returned.
 */
public interface ToolInvocation {
    /**
     * Names this invocation in logs, in the audit record and in the answer's {@code x-portcullis-invocation} header.
     *
     * @return a unique id, letters, digits and dashes
     */
    String id();

    /**
     * The tool being run.
     *
     * @return the name of its descriptor
     */
    String tool();

    /**
     * The arguments.
     *
     * @return already coerced and checked against the input schema
     */
    Arguments arguments();

    /**
     * Who the caller proved to be.
     *
     * @return the principal
     */
    Principal principal();

    /**
     * The session this invocation belongs to.
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
     * The messaging channel, from the session key or the {@code x-openclaw-message-channel} header.
     *
     * @return a lower-case channel id such as {@code telegram}
     */
    Optional<String> channel();

    /**
     * The account within the channel, from the session key or the {@code x-openclaw-account-id} header.
     *
     * @return the account id
     */
    Optional<String> accountId();

    /**
     * Where messages that the tool sends should go, from the {@code x-openclaw-message-to} header.
     *
     * @return the target as sent
     */
    Optional<String> messageTo();

    /**
     * The thread such messages belong to, from the {@code x-openclaw-thread-id} header.
     *
     * @return the thread as sent
     */
    Optional<String> threadId();

    /**
     * When the gateway stops waiting: the thread is interrupted then and the result discarded.
     *
     * @return an instant on the gateway's clock
     */
    Instant deadline();

    /**
     * Whether nobody waits for the result any more: the deadline passed or the caller hung up.
     *
     * @return true once cancelled; never false again
     */
    boolean cancelled();

    /**
     * What the gateway lends to this invocation, bound to its principal, session and visibility.
     *
     * @return the services that {@code plugins.entries.<name>.services} grants
     */
    GatewayServices services();
}
