package dev.portcullis.gateway.runtime.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The keys of a configuration that decide who gets in and what may be called, in a form in which two configurations can be
 * compared. The comparison goes by what is written, key by key, and errs on one side: it may call an edit wider that opens nothing,
 * never the other way round.
 */
public final class GuardedKeys {
    /** How a key restricts. */
    private enum Kind {
        /** Names what is refused; nothing is named by default. */
        DENIES,
        /** Names all that passes; absent or empty, everything does. */
        ALLOWS,
        /** The same, but an empty one lets nothing pass. */
        LIMITS,
        /** Names what passes in addition. */
        ADDS,
        /** Stricter than its default, which holds when it is absent. */
        STRICTER,
        /** Takes the place of something else, so any change may open something. */
        REPLACES
    }

    private record Guard(Kind kind, Set<Object> entries) {
        Guard {
            entries = Set.copyOf(entries);
        }
    }

    private final Map<String, Guard> guards = new TreeMap<>();

    /** @param tokenMade whether the gateway made its token itself, because none is configured */
    public GuardedKeys(GatewayConfig config, boolean tokenMade) {
        gateway(config);
        auth(config.auth(), tokenMade);
        tools(config.tools());
        agents(config.agents());
        config.channels().forEach((id, channel) -> channel("channels." + id, channel));
        plugins(config.plugins());
        if (config.session().scope() != SessionConfig.Scope.PER_SENDER) {
            put("session.scope", Kind.REPLACES, config.session().scope());
        }
        flag(
                "diagnostics.metrics.openToLoopback",
                config.diagnostics().metrics().openToLoopback());
    }

    /** What passes with the other configuration and does not with this one; in the order of the keys. */
    public List<Widening> wideningTo(GuardedKeys other) {
        List<Widening> all = new ArrayList<>();
        guards.forEach((path, guard) -> {
            Guard then = other.guards.get(path);
            if (then == null) {
                gone(path, guard.kind()).ifPresent(all::add);
            } else {
                changed(path, guard, then).ifPresent(all::add);
            }
        });
        other.guards.forEach((path, guard) -> {
            if (!guards.containsKey(path) && (guard.kind() == Kind.ADDS || guard.kind() == Kind.REPLACES)) {
                all.add(given(path, "it is new" + (guard.kind() == Kind.ADDS ? names(guard.entries()) : "")));
            }
        });
        return List.copyOf(all);
    }

    private static Optional<Widening> gone(String path, Kind kind) {
        return kind == Kind.ADDS
                ? Optional.empty()
                : Optional.of(new Widening(path, true, "it was written, and is gone or empty now"));
    }

    private static Optional<Widening> changed(String path, Guard before, Guard now) {
        Set<Object> more = without(now.entries(), before.entries());
        Set<Object> less = without(before.entries(), now.entries());
        return switch (before.kind()) {
            case DENIES ->
                less.isEmpty() ? Optional.empty() : Optional.of(given(path, "it does not name any more" + names(less)));
            case ALLOWS, LIMITS, ADDS ->
                more.isEmpty() ? Optional.empty() : Optional.of(given(path, "it names in addition" + names(more)));
            case STRICTER, REPLACES ->
                more.isEmpty() && less.isEmpty() ? Optional.empty() : Optional.of(given(path, "it is another"));
        };
    }

    private static Widening given(String path, String what) {
        return new Widening(path, false, what);
    }

    private static Set<Object> without(Set<Object> from, Set<Object> these) {
        Set<Object> rest = new HashSet<>(from);
        rest.removeAll(these);
        return rest;
    }

    /** For the entries of lists, which are names; what else a key has may be a secret. */
    private static String names(Set<Object> entries) {
        return entries.isEmpty() || !entries.stream().allMatch(String.class::isInstance)
                ? ""
                : entries.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ", ": ", ""));
    }

    private void put(String path, Kind kind, Object value) {
        guards.put(path, new Guard(kind, Set.of(value)));
    }

    private void list(String path, Kind kind, Iterable<String> entries) {
        Set<Object> all = new HashSet<>();
        entries.forEach(all::add);
        if (!all.isEmpty() || kind == Kind.LIMITS) {
            guards.put(path, new Guard(kind, all));
        }
    }

    private void flag(String path, boolean opens) {
        if (opens) {
            put(path, Kind.ADDS, "true");
        }
    }

    /** Words from the loosest to the strictest. */
    private <E extends Enum<E>> void scale(String path, E word, E standard) {
        if (word.compareTo(standard) != 0) {
            put(path, word.compareTo(standard) > 0 ? Kind.STRICTER : Kind.ADDS, word);
        }
    }

    private void gateway(GatewayConfig config) {
        list("gateway.tools.deny", Kind.DENIES, config.httpTools().deny());
        list("gateway.tools.allow", Kind.ADDS, config.httpTools().allow());
        list("gateway.trustedProxies", Kind.ADDS, config.server().trustedProxies());
        flag("gateway.allowRealIpFallback", config.server().allowRealIpFallback());
    }

    private void auth(AuthConfig auth, boolean tokenMade) {
        put("gateway.auth.mode", Kind.REPLACES, auth.mode());
        auth.token()
                .ifPresent(
                        token -> put(tokenMade ? "gateway.token" : "gateway.auth.token", tokenKind(tokenMade), token));
        auth.password().ifPresent(password -> put("gateway.auth.password", Kind.REPLACES, password));
        list("gateway.auth.providers", Kind.ADDS, auth.providers());
        if (!auth.rateLimit().equals(AuthConfig.RateLimit.DEFAULT)) {
            put("gateway.auth.rateLimit", Kind.REPLACES, auth.rateLimit());
        }
        auth.trustedProxy().ifPresent(proxy -> {
            put("gateway.auth.trustedProxy.userHeader", Kind.REPLACES, proxy.userHeader());
            list("gateway.auth.trustedProxy.requiredHeaders", Kind.DENIES, proxy.requiredHeaders());
            list("gateway.auth.trustedProxy.allowUsers", Kind.ALLOWS, proxy.allowUsers());
            flag("gateway.auth.trustedProxy.allowLoopback", proxy.allowLoopback());
        });
        auth.identityScopes()
                .forEach((identity, scopes) -> list("gateway.auth.identityScopes." + identity, Kind.LIMITS, scopes));
        list(
                "gateway.controlUi.allowedOrigins",
                Kind.ADDS,
                auth.browserOrigins().allowed());
        flag(
                "gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback",
                auth.browserOrigins().hostHeader());
        auth.defaultRole().ifPresent(role -> {
            put("gateway.roles.default", Kind.STRICTER, "a role");
            role.scopes().ifPresent(scopes -> list("gateway.roles.definitions (default).scopes", Kind.LIMITS, scopes));
            role.agents().ifPresent(agents -> list("gateway.roles.definitions (default).agents", Kind.LIMITS, agents));
        });
    }

    /** A token that the gateway made may go: it makes another one. */
    private static Kind tokenKind(boolean made) {
        return made ? Kind.ADDS : Kind.REPLACES;
    }

    private void tools(ToolsConfig tools) {
        rules("tools", tools.rules(), Kind.STRICTER, Kind.ADDS);
        tools.bySender().forEach((sender, rules) -> rules("tools.toolsBySender." + sender, rules));
        rules("tools.subagents.tools", tools.subagents());
        sandbox("tools.sandbox.tools", tools.sandbox());
        if (tools.sessionVisibility() != ToolsConfig.Visibility.ALL) {
            put("tools.sessions.visibility", Kind.STRICTER, tools.sessionVisibility());
        }
        if (!tools.agentToAgent().enabled()) {
            put("tools.agentToAgent.enabled", Kind.STRICTER, false);
        }
        tools.agentToAgent().allow().ifPresent(allow -> list("tools.agentToAgent.allow", Kind.ALLOWS, allow));
    }

    private void rules(String path, ToolRules rules) {
        rules(path, rules, Kind.STRICTER, Kind.ADDS);
    }

    private void rules(String path, ToolRules rules, Kind profile, Kind also) {
        rules.profile().ifPresent(name -> put(path + ".profile", profile, name));
        rules.allow().ifPresent(allow -> list(path + ".allow", Kind.ALLOWS, allow));
        rules.alsoAllow().ifPresent(more -> {
            if (also == Kind.REPLACES) {
                put(path + ".alsoAllow", also, more);
            } else {
                list(path + ".alsoAllow", also, more);
            }
        });
        rules.deny().ifPresent(deny -> list(path + ".deny", Kind.DENIES, deny));
        rules.byProvider().forEach((name, provider) -> rules(path + ".byProvider." + name, provider, profile, also));
    }

    /** Lists of a sandbox take the place of those that are built in, or of the ones for all agents. */
    private void sandbox(String path, ToolRules rules) {
        rules.allow().ifPresent(allow -> put(path + ".allow", Kind.REPLACES, allow));
        rules.alsoAllow().ifPresent(more -> put(path + ".alsoAllow", Kind.REPLACES, more));
        rules.deny().ifPresent(deny -> put(path + ".deny", Kind.REPLACES, deny));
    }

    private void agents(AgentsConfig agents) {
        agents.systemAgent().ifPresent(id -> put("agents.defaults.systemAgent.agentId", Kind.REPLACES, id));
        if (agents.explicitOwnership()) {
            put("agents.ownership", Kind.REPLACES, true);
        }
        if (agents.sandboxMode() != AgentsConfig.SandboxMode.OFF) {
            put("agents.defaults.sandbox.mode", Kind.STRICTER, agents.sandboxMode());
        }
        flag("agents.defaults.sandbox.sessionToolsVisibility", agents.sandboxSeesAllSessions());
        put("agents.defaults.subagents.maxSpawnDepth", Kind.REPLACES, agents.maxSpawnDepth());
        agents.entries().forEach((id, agent) -> agent("agents.entries." + id, agent));
    }

    /** Profile and {@code alsoAllow} of an agent take the place of those for all. */
    private void agent(String path, AgentsConfig.Agent agent) {
        put(path, Kind.REPLACES, "an agent");
        agent.sandboxMode().ifPresent(mode -> put(path + ".sandbox.mode", Kind.REPLACES, mode));
        rules(path + ".tools", agent.tools(), Kind.REPLACES, Kind.REPLACES);
        agent.bySender().forEach((sender, rules) -> rules(path + ".tools.toolsBySender." + sender, rules));
        sandbox(path + ".tools.sandbox.tools", agent.sandbox());
        rules(path + ".tools.subagents.tools", agent.subagents());
    }

    private void channel(String path, ChannelConfig channel) {
        groups(path, channel.groups());
        channel.accounts().forEach((name, account) -> {
            put(path + ".accounts." + name, Kind.REPLACES, account.groups().isPresent());
            account.groups().ifPresent(groups -> groups(path + ".accounts." + name, groups));
        });
    }

    /**
     * A group takes the place of those that it is a part of and of the one for all others, one that says nothing too; rules by sender
     * take the place of the group's own.
     */
    private void groups(String path, Map<String, ChannelConfig.Group> groups) {
        groups.forEach((id, group) -> {
            String where = path + ".groups." + id;
            put(where, Kind.REPLACES, group.tools().filter(GuardedKeys::says).isPresent());
            group.tools().ifPresent(rules -> rules(where + ".tools", rules));
            group.bySender().forEach((sender, rules) -> {
                put(where + ".toolsBySender." + sender, Kind.REPLACES, says(rules));
                rules(where + ".toolsBySender." + sender, rules);
            });
        });
    }

    /** Whether it has a list, be it an empty one. */
    private static boolean says(ToolRules rules) {
        return rules.allow().isPresent()
                || rules.alsoAllow().isPresent()
                || rules.deny().isPresent();
    }

    private void plugins(PluginsConfig plugins) {
        if (!plugins.enabled()) {
            put("plugins.enabled", Kind.STRICTER, false);
        }
        list("plugins.allow", Kind.ALLOWS, plugins.allow());
        list("plugins.deny", Kind.DENIES, plugins.deny());
        list(
                "plugins.load.paths",
                Kind.ADDS,
                plugins.loadPaths().stream().map(Object::toString).toList());
        PluginTrust trust = plugins.trust();
        scale("plugins.verify", trust.verify(), PluginTrust.DEFAULT.verify());
        scale("plugins.capabilities", trust.capabilities(), PluginTrust.DEFAULT.capabilities());
        list(
                "plugins.trustedKeys",
                Kind.ADDS,
                trust.trustedKeys().stream().map(PublicKeys::line).toList());
        plugins.entries().forEach((name, entry) -> plugin("plugins.entries." + name, entry));
    }

    /** What a plugin makes of its own settings is not known here: a policy source may have its rules among them. */
    private void plugin(String path, PluginsConfig.Entry entry) {
        entry.enabled().ifPresent(enabled -> put(path + ".enabled", enabled ? Kind.ADDS : Kind.STRICTER, enabled));
        if (entry.required()) {
            put(path + ".required", Kind.STRICTER, true);
        }
        list(path + ".services", Kind.ADDS, entry.services());
        entry.config()
                .forEach((key, value) ->
                        put(path + ".config." + key, Kind.REPLACES, Objects.requireNonNullElse(value, "null")));
    }

    @Override
    public String toString() {
        return "GuardedKeys" + guards.keySet();
    }
}
