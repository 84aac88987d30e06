package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.policy.PolicyContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who asks, in which session, by which door: all that a decision may look at, and nothing else.
 *
 * @param sessionKey canonical
 * @param mainSession whether it is the main session of its agent (or the global one)
 * @param channel of the session key; if it names none, of the request's header
 * @param channelHint the request's header alone, lower case and alias-mapped
 * @param accountId of the session key; if it names none, of the request's header
 * @param group the group the session key names
 * @param lineage what the store knows of a spawned session
 */
public record InvocationContext(
        Principal principal,
        String surface,
        String sessionKey,
        String agentId,
        boolean mainSession,
        Optional<String> channel,
        Optional<String> channelHint,
        Optional<String> accountId,
        Optional<Group> group,
        int subagentDepth,
        Optional<Lineage> lineage)
        implements PolicyContext {
    /** The HTTP surface. */
    public static final String HTTP = "http";

    /** The WebSocket surface. */
    public static final String WEBSOCKET = "ws";

    /** A group or channel of a messaging channel, as the session key names it; the id keeps its colons and its case. */
    public record Group(String channel, String id) {}

    /**
     * What a spawned session inherits.
     *
     * @param depth 1 for a child of a main session
     * @param allow tools it was limited to, if it was
     */
    public record Lineage(
            String parentKey, int depth, Optional<List<String>> allow, List<String> deny, boolean sandboxRequired) {}

    public InvocationContext {
        Objects.requireNonNull(principal, "principal");
    }

    @Override
    public Optional<String> groupId() {
        return group.map(Group::id);
    }
}
