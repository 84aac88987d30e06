package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.api.plugin.GatewayServices.Session;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.runtime.config.AgentsConfig;
import dev.portcullis.gateway.runtime.config.AgentsConfig.Agent;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.session.SessionViews.AgentView;
import dev.portcullis.gateway.runtime.session.SessionViews.MatchView;
import dev.portcullis.gateway.runtime.session.SessionViews.MessageView;
import dev.portcullis.gateway.runtime.session.SessionViews.SessionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The sessions that one invocation may see, lent to the tool that runs. */
public final class SessionServices implements GatewayServices.Sessions {
    private static final String CURRENT = "current";

    private final InvocationContext context;
    private final AgentsConfig agents;
    private final SessionStore store;
    private final MainSession main;
    private final SessionVisibility visibility;
    private final SpawnTargets targets;

    private SessionServices(InvocationContext context, GatewayConfig config, SessionStore store) {
        this.context = context;
        this.agents = config.agents();
        this.store = store;
        this.main = new MainSession(config.session());
        this.visibility = new SessionVisibility(context, config, store);
        this.targets = SpawnTargets.of(context.agentId(), config.document());
    }

    /** The service of one invocation, for the pipeline. */
    public static GatewayServices.Sessions of(InvocationContext context, GatewayConfig config, SessionStore store) {
        return new SessionServices(context, config, store);
    }

    @Override
    public Session current() {
        return view(target(CURRENT));
    }

    @Override
    public List<Session> list() {
        return store.list().stream()
                .filter(this::visible)
                .map(session -> view(new Target(SessionKey.parse(session.key()), session.agentId())))
                .toList();
    }

    @Override
    public Optional<Session> find(String key) {
        Target target = target(key);
        boolean there = store.find(target.key().text()).isPresent()
                || target.key().text().equals(context.sessionKey())
                || target.key().text().equals(main.keyOf(context.agentId()));
        return there && visibility.sees(target.key().text(), target.agent())
                ? Optional.of(view(target))
                : Optional.empty();
    }

    @Override
    public Optional<String> refusal(String key, String subject) {
        Target target = target(key);
        return visibility.refusal(target.key().text(), target.agent(), subject);
    }

    @Override
    public List<GatewayServices.Message> transcript(String key, int limit, int offset) {
        if (limit < 1 || offset < 0) {
            throw new IllegalArgumentException("limit " + limit + " and offset " + offset + ": at least 1 and 0");
        }
        return find(key)
                .map(session -> store.transcript(session.key(), limit, offset).stream()
                        .map(MessageView::of)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public List<GatewayServices.Match> search(String query, Optional<String> key, int limit) {
        Optional<String> only = key.map(text -> target(text).key().text());
        Predicate<StoredSession> wanted =
                session -> only.map(session.key()::equals).orElse(true) && visible(session);
        return store.search(query, wanted, limit).stream()
                .<GatewayServices.Match>map(hit -> new MatchView(
                        view(new Target(
                                SessionKey.parse(hit.session().key()),
                                hit.session().agentId())),
                        MessageView.of(hit.message())))
                .toList();
    }

    @Override
    public GatewayServices.Visibility visibility() {
        return visibility;
    }

    @Override
    public List<GatewayServices.Agent> agents() {
        List<String> ids = new ArrayList<>(agents.entries().keySet());
        if (!ids.contains(context.agentId())) {
            ids.addFirst(context.agentId());
        }
        return ids.stream().map(this::agent).toList();
    }

    @Override
    public List<GatewayServices.Agent> targets() {
        List<String> ids = new ArrayList<>(targets.agents());
        if (targets.any()) {
            agents.entries().keySet().stream().filter(id -> !ids.contains(id)).forEach(ids::add);
        }
        return ids.stream().map(this::agent).toList();
    }

    @Override
    public boolean anyTarget() {
        return targets.any();
    }

    private GatewayServices.Agent agent(String id) {
        Optional<Agent> entry = Optional.ofNullable(agents.entries().get(id));
        boolean implied = agents.entries().isEmpty() && id.equals(Ids.DEFAULT_AGENT);
        return new AgentView(id, entry.flatMap(Agent::name), model(id), entry.isPresent() || implied);
    }

    private Optional<String> model(String agent) {
        return Optional.ofNullable(agents.entries().get(agent))
                .flatMap(Agent::model)
                .or(agents::model);
    }

    private record Target(SessionKey key, String agent) {}

    private Target target(String sent) {
        try {
            if (sent.strip().equals(CURRENT)) {
                return new Target(SessionKey.parse(context.sessionKey()), context.agentId());
            }
            SessionKey read = SessionKey.parse(sent);
            String agent = read.agent().orElse(context.agentId());
            SessionKey key = main.canonical(read, agent);
            return new Target(
                    key,
                    key.agent()
                            .or(() -> store.find(key.text()).map(StoredSession::agentId))
                            .orElse(agent));
        } catch (InvalidSessionException malformed) {
            throw new ToolInputException(malformed.getMessage(), malformed);
        }
    }

    private boolean visible(StoredSession session) {
        return visibility.sees(session.key(), session.agentId());
    }

    private Session view(Target target) {
        String key = target.key().text();
        Optional<StoredSession> stored = store.find(key);
        boolean isMain = main.isMain(target.key(), target.agent());
        return new SessionView(
                key,
                isMain && !target.key().isGlobal() && target.agent().equals(context.agentId()) ? SessionKey.MAIN : key,
                stored.map(StoredSession::id),
                target.agent(),
                isMain ? "main" : target.key().kind(),
                target.key().subagent()
                        || stored.flatMap(StoredSession::spawnedBy).isPresent(),
                target.key().channel(),
                stored.flatMap(StoredSession::label),
                stored.flatMap(StoredSession::parentKey).filter(this::visibleParent),
                model(target.agent()),
                stored.map(StoredSession::createdAt),
                stored.map(StoredSession::lastActivityAt),
                stored.map(StoredSession::messageCount).orElse(0L));
    }

    private boolean visibleParent(String key) {
        Target parent = target(key);
        return visibility.sees(parent.key().text(), parent.agent());
    }
}
