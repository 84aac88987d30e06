package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.runtime.config.AgentsConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.session.InvocationContext.Group;
import dev.portcullis.gateway.runtime.session.InvocationContext.Lineage;
import java.util.Optional;
import java.util.Set;

/** From what a request says about its session to the context of the invocation, for the pipeline. Safe for several threads. */
public final class SessionResolver {
    /** How far up a chain of spawned sessions a group is looked for; a chain that goes round ends here. */
    private static final int MAX_LINEAGE = 16;

    private final AgentsConfig agents;
    private final Set<String> known;
    private final MainSession main;
    private final SessionStore store;

    public SessionResolver(GatewayConfig config, SessionStore store) {
        this.agents = config.agents();
        this.known = agents.entries().isEmpty()
                ? Set.of(Ids.DEFAULT_AGENT)
                : Set.copyOf(agents.entries().keySet());
        this.main = new MainSession(config.session(), known);
        this.store = store;
    }

    /**
     * Resolves a request.
     *
     * @throws InvalidSessionException if it names no session that can be served
     */
    public InvocationContext resolve(SessionRequest request) {
        SessionKey sent = SessionKey.parse(request.sessionKey().orElse(SessionKey.MAIN));
        String agent = agent(request, sent);
        SessionKey key = main.canonical(sent, agent);
        if (key.isGlobal() && sent.agent().isPresent() && !known.contains(agent)) {
            throw unknownAgent(agent);
        }
        Optional<StoredSession> stored = store.find(key.text());
        if (key.reserved() && stored.isEmpty()) {
            throw new InvalidSessionException("Session key namespace is reserved for agent harness-owned sessions.");
        }
        if (request.agentId().isPresent() && !request.agentId().get().equals(agent)) {
            throw new InvalidSessionException("agent id \""
                    + shown(request.agentId().get()) + "\" does not match session agent \"" + agent + "\"");
        }
        return context(request, key, agent, stored);
    }

    private InvocationContext context(
            SessionRequest request, SessionKey key, String agent, Optional<StoredSession> stored) {
        Optional<String> hint = request.channelHeader().map(Channels::canonical);
        int depth = depth(key, stored);
        return new InvocationContext(
                request.principal(),
                request.surface(),
                key.text(),
                agent,
                main.isMain(key, agent),
                key.channel().isPresent() ? key.channel() : hint,
                hint,
                key.account().isPresent()
                        ? key.account()
                        : request.accountHeader().map(Ids::account),
                group(key, stored),
                depth,
                stored.isPresent() ? lineage(stored.get(), depth) : Optional.empty());
    }

    private String agent(SessionRequest request, SessionKey sent) {
        Optional<String> asked = request.agentId().map(this::asked);
        if (sent.agent().isPresent()) {
            String owner = sent.agent().get();
            if (asked.isPresent() && !asked.get().equals(owner)) {
                throw new InvalidSessionException(
                        "agent \"" + asked.get() + "\" does not match session key agent \"" + owner + "\"");
            }
            return owner;
        }
        return asked.isPresent() ? asked.get() : owner(request, sent);
    }

    private String asked(String id) {
        String agent = Ids.agent(id);
        if (!Ids.isId(id) || !known.contains(agent)) {
            throw unknownAgent(id);
        }
        return agent;
    }

    /** Who owns a session whose key names no agent. */
    private String owner(SessionRequest request, SessionKey sent) {
        Optional<String> owner =
                store.find(main.canonicalWithoutAgent(sent).text()).map(StoredSession::agentId);
        if (owner.isEmpty()) {
            owner = agents.systemAgent();
        }
        if (owner.isEmpty()) {
            owner = soleAgent();
        }
        if (owner.isEmpty()) {
            owner = mainByName();
        }
        if (owner.isEmpty()) {
            throw new InvalidSessionException("Multiple agents are configured, but session key \""
                    + request.sessionKey().orElse(SessionKey.MAIN)
                    + "\" has no explicit owner. Pass agentId or use an agent-prefixed session key.");
        }
        return owner.get();
    }

    private Optional<String> soleAgent() {
        return known.size() == 1 ? Optional.of(known.iterator().next()) : Optional.empty();
    }

    private Optional<String> mainByName() {
        return !agents.explicitOwnership() && known.contains(Ids.DEFAULT_AGENT)
                ? Optional.of(Ids.DEFAULT_AGENT)
                : Optional.empty();
    }

    private Optional<Group> group(SessionKey key, Optional<StoredSession> stored) {
        Optional<Group> group = key.group();
        Optional<StoredSession> session = stored;
        for (int i = 0; group.isEmpty() && session.isPresent() && i < MAX_LINEAGE; i++) {
            Optional<String> spawner = session.get().spawnedBy();
            group = spawner.map(SessionKey::parse).flatMap(SessionKey::group);
            session = spawner.flatMap(store::find);
        }
        return group;
    }

    private int depth(SessionKey key, Optional<StoredSession> stored) {
        boolean spawned = stored.flatMap(StoredSession::spawnedBy).isPresent();
        if (!key.subagent() && !(key.mayBeSpawned() && spawned)) {
            return 0;
        }
        int known = spawnDepth(stored);
        return Math.max(1, known > 0 ? known : key.subagentParts());
    }

    private static int spawnDepth(Optional<StoredSession> stored) {
        return stored.map(session -> session.spawnDepth().orElse(0)).orElse(0);
    }

    private static Optional<Lineage> lineage(StoredSession session, int depth) {
        return session.spawnedBy()
                .map(spawner -> new Lineage(
                        spawner,
                        session.spawnDepth().orElse(Math.max(1, depth)),
                        session.inheritedAllow(),
                        session.inheritedDeny(),
                        session.sandboxRequired()));
    }

    private static InvalidSessionException unknownAgent(String id) {
        return new InvalidSessionException("Unknown agent id \"" + shown(id) + "\"");
    }

    private static String shown(String id) {
        return id.length() <= 128 ? id : id.substring(0, 128) + "…";
    }
}
