package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.config.AgentsConfig;
import dev.portcullis.gateway.runtime.config.ConfigDocument;
import dev.portcullis.gateway.runtime.config.ConfigRedaction;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.operate.OperatorAnswer;
import dev.portcullis.gateway.runtime.operate.OperatorRequest;
import dev.portcullis.gateway.runtime.session.StoredSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the gateway is: health, status, who is connected, configuration, plugins, identity. */
final class StateMethods {
    private static final String DEFAULT_AGENT = "main";
    private static final int RECENT = 5;

    private final Facts facts;
    private final Services services;
    private final Supplier<List<Map<String, @Nullable Object>>> clients;
    private final SessionMethods sessions;

    StateMethods(Facts facts, Services services, Supplier<List<Map<String, @Nullable Object>>> clients) {
        this.facts = facts;
        this.services = services;
        this.clients = clients;
        this.sessions = new SessionMethods(services.sessions());
    }

    void addTo(Methods methods) {
        methods.read("health", request -> health(request.snapshot()))
                .read("status", this::status)
                .read("system-presence", request -> presence())
                .read("config.get", this::config)
                .read("sessions.list", sessions::list)
                .read("plugins.list", this::plugins)
                .read("gateway.identity.get", this::identity);
    }

    Map<String, @Nullable Object> health(Snapshot snapshot) {
        long began = System.nanoTime();
        List<Map<?, ?>> plugins = pluginViews();
        List<StoredSession> kept = services.sessions().list();
        List<String> agents = agents(snapshot.config());
        Map<String, @Nullable Object> health = new LinkedHashMap<>();
        health.put("ok", true);
        health.put("ts", System.currentTimeMillis());
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("loaded", names(plugins, "loaded"));
        shown.put("errors", errors(plugins));
        shown.put("unavailable", List.of());
        health.put("plugins", shown);
        health.put("channels", Map.of());
        health.put("channelOrder", List.of());
        health.put("channelLabels", Map.of());
        health.put("heartbeatSeconds", 0L);
        health.put("defaultAgentId", agents.getFirst());
        health.put(
                "agents",
                agents.stream()
                        .map(agent -> agent(agent, agent.equals(agents.getFirst()), kept))
                        .toList());
        health.put("sessions", sessions(kept));
        health.put("uptimeMs", facts.uptimeMs());
        health.put("durationMs", (System.nanoTime() - began) / 1_000_000);
        return health;
    }

    private static List<String> names(List<Map<?, ?>> plugins, String status) {
        return plugins.stream()
                .filter(plugin -> status.equals(plugin.get("status")))
                .map(plugin -> String.valueOf(plugin.get("name")))
                .toList();
    }

    private static List<Map<String, @Nullable Object>> errors(List<Map<?, ?>> plugins) {
        List<Map<String, @Nullable Object>> errors = new ArrayList<>();
        for (Map<?, ?> plugin : plugins) {
            if ("quarantined".equals(plugin.get("status"))) {
                Map<String, @Nullable Object> error = new LinkedHashMap<>();
                error.put("id", plugin.get("name"));
                error.put("origin", plugin.get("source"));
                error.put("error", plugin.get("problem"));
                errors.add(error);
            }
        }
        return errors;
    }

    private Map<String, @Nullable Object> agent(String id, boolean first, List<StoredSession> kept) {
        Map<String, @Nullable Object> heartbeat = new LinkedHashMap<>();
        heartbeat.put("enabled", false);
        heartbeat.put("every", "disabled");
        heartbeat.put("everyMs", null);
        Map<String, @Nullable Object> agent = new LinkedHashMap<>();
        agent.put("agentId", id);
        agent.put("isDefault", first);
        agent.put("heartbeat", heartbeat);
        agent.put(
                "sessions",
                sessions(kept.stream()
                        .filter(session -> session.agentId().equals(id))
                        .toList()));
        return agent;
    }

    private Map<String, @Nullable Object> sessions(List<StoredSession> kept) {
        long now = System.currentTimeMillis();
        List<Map<String, @Nullable Object>> recent = new ArrayList<>();
        for (StoredSession session : kept.subList(0, Math.min(RECENT, kept.size()))) {
            long updated = session.lastActivityAt().toEpochMilli();
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("key", session.key());
            entry.put("updatedAt", updated);
            entry.put("age", Math.max(0, now - updated));
            recent.add(entry);
        }
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("path", facts.stateDirectory().toString());
        shown.put("count", (long) kept.size());
        shown.put("recent", recent);
        return shown;
    }

    /** The one that owns requests which name none comes first. */
    private static List<String> agents(GatewayConfig config) {
        AgentsConfig agents = config.agents();
        if (agents.entries().isEmpty()) {
            return List.of(DEFAULT_AGENT);
        }
        List<String> ids = new ArrayList<>(agents.entries().keySet());
        agents.systemAgent().filter(ids::remove).ifPresent(first -> ids.addFirst(first));
        return ids;
    }

    private Map<String, @Nullable Object> status(Request request) {
        List<StoredSession> kept = services.sessions().list();
        Map<String, @Nullable Object> sessions = new LinkedHashMap<>();
        sessions.put("paths", List.of(facts.stateDirectory().toString()));
        sessions.put("count", (long) kept.size());
        Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
        defaults.put("model", request.snapshot().config().agents().model().orElse(null));
        defaults.put("contextTokens", null);
        sessions.put("defaults", defaults);
        sessions.put("recent", sessions(kept).get("recent"));
        sessions.put(
                "byAgent",
                agents(request.snapshot().config()).stream()
                        .map(agent -> agent(agent, false, kept))
                        .toList());
        Runtime runtime = Runtime.getRuntime();
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("runtimeVersion", facts.version());
        status.put("heartbeat", heartbeat(request.snapshot().config()));
        status.put("channelSummary", List.of());
        status.put("queuedSystemEvents", List.of());
        status.put("sessions", sessions);
        status.put("processMemory", memory(runtime.totalMemory() - runtime.freeMemory(), runtime.totalMemory()));
        status.put("pid", ProcessHandle.current().pid());
        status.put("uptimeMs", facts.uptimeMs());
        status.put("gateway", view("status", request.caller().admitted().principal()));
        return status;
    }

    private static Map<String, Object> memory(long used, long total) {
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("heapUsedBytes", used);
        memory.put("heapTotalBytes", total);
        return memory;
    }

    private static Map<String, @Nullable Object> heartbeat(GatewayConfig config) {
        Map<String, @Nullable Object> heartbeat = new LinkedHashMap<>();
        heartbeat.put("defaultAgentId", agents(config).getFirst());
        heartbeat.put("agents", List.of());
        return heartbeat;
    }

    private List<Map<String, @Nullable Object>> presence() {
        Map<String, @Nullable Object> self = new LinkedHashMap<>();
        self.put("host", Host.name());
        self.put("version", facts.version());
        self.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        self.put("mode", "gateway");
        self.put("reason", "self");
        self.put("instanceId", facts.key().deviceId());
        self.put(
                "text",
                "Gateway: " + Host.name() + " · Portcullis " + facts.version() + " · mode gateway · reason self");
        self.put("ts", System.currentTimeMillis());
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        all.add(self);
        all.addAll(clients.get());
        return all;
    }

    private Map<String, @Nullable Object> config(Request request) {
        boolean values = request.params(Set.of("values")).flag("values").orElse(false);
        if (values && !request.caller().admitted().principal().has(Scope.ADMIN)) {
            throw RpcException.missingScope(Scope.ADMIN.name());
        }
        GatewayConfig config = request.snapshot().config();
        ConfigDocument document = config.document();
        Map<String, Object> shown = values ? ConfigRedaction.redactSecrets(config) : ConfigRedaction.redact(config);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("path", document.file().map(Path::toString).orElse(null));
        answer.put("exists", document.file().isPresent());
        // the text of the file would show what comments say about secrets
        answer.put("raw", null);
        answer.put("parsed", shown);
        answer.put("valid", true);
        answer.put("config", shown);
        answer.put("hash", document.hash());
        answer.put("issues", List.of());
        answer.put("warnings", List.of());
        answer.put("legacyIssues", List.of());
        return answer;
    }

    private Map<String, @Nullable Object> plugins(Request request) {
        request.params(Set.of());
        List<Map<String, @Nullable Object>> plugins = new ArrayList<>();
        for (Map<?, ?> plugin : pluginViews()) {
            boolean loaded = "loaded".equals(plugin.get("status"));
            boolean builtIn = Boolean.TRUE.equals(plugin.get("builtIn"));
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("id", plugin.get("name"));
            shown.put("name", plugin.get("name"));
            shown.put("installed", true);
            shown.put("enabled", !"disabled".equals(plugin.get("status")));
            shown.put(
                    "state",
                    switch (String.valueOf(plugin.get("status"))) {
                        case "loaded" -> "enabled";
                        case "quarantined" -> "error";
                        default -> "disabled";
                    });
            shown.put("removable", !builtIn);
            shown.put("version", plugin.get("version"));
            shown.put("origin", builtIn ? "bundled" : "folder");
            shown.put("runtime", Map.of("state", loaded ? "loaded" : "unloaded"));
            shown.put("error", plugin.get("problem"));
            shown.put("tools", plugin.get("tools"));
            plugins.add(shown);
        }
        return new LinkedHashMap<>(Map.of("plugins", plugins));
    }

    private Map<String, @Nullable Object> identity(Request request) {
        request.params(Set.of());
        Map<String, @Nullable Object> identity = new LinkedHashMap<>();
        identity.put("deviceId", facts.key().deviceId());
        identity.put("publicKey", facts.key().publicKey());
        return identity;
    }

    private List<Map<?, ?>> pluginViews() {
        List<Map<?, ?>> plugins = new ArrayList<>();
        // the gateway asks for itself; what a caller may see of it is decided by the method's scope
        if (view("plugins", Principal.operator()).get("plugins") instanceof List<?> list) {
            for (Object plugin : list) {
                if (plugin instanceof Map<?, ?> map) {
                    plugins.add(map);
                }
            }
        }
        return plugins;
    }

    private Map<String, @Nullable Object> view(String name, Principal principal) {
        OperatorAnswer answer =
                services.views().apply(new OperatorRequest(false, List.of(name), Map.of(), Map.of(), principal));
        return answer.status() == OperatorAnswer.Status.OK ? answer.body() : new LinkedHashMap<>();
    }
}
