package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.AgentsConfig;
import dev.portcullis.gateway.runtime.config.AgentsConfig.SandboxMode;
import dev.portcullis.gateway.runtime.config.ChannelConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfigBuilder;
import dev.portcullis.gateway.runtime.config.HttpToolsConfig;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import dev.portcullis.gateway.runtime.config.ToolRules;
import dev.portcullis.gateway.runtime.config.ToolRules.Profile;
import dev.portcullis.gateway.runtime.config.ToolsConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Configurations from a few characters of relaxed JSON: the keys that policy looks at, and no checking. */
final class Configs {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .build();

    private Configs() {}

    static GatewayConfig read(String json) {
        return of(map(JSON.readValue(json, Object.class)));
    }

    static GatewayConfig of(Map<String, Object> root) {
        return of(root, InvokeConfig.DEFAULT);
    }

    static GatewayConfig of(Map<String, Object> root, InvokeConfig invoke) {
        Map<String, Object> http = at(root, "gateway", "tools");
        return new GatewayConfigBuilder()
                .with(new HttpToolsConfig(
                        list(http, "allow").orElse(List.of()),
                        list(http, "deny").orElse(List.of())))
                .with(invoke)
                .with(tools(map(root.get("tools"))))
                .with(agents(map(root.get("agents"))))
                .with(each(map(root.get("channels")), (id, channel) -> channel(id, map(channel))))
                .build();
    }

    private static ToolsConfig tools(Map<String, Object> tools) {
        return new ToolsConfig(
                rules("tools", tools),
                bySender("tools.toolsBySender", tools),
                rules("tools.subagents.tools", at(tools, "subagents", "tools")),
                rules("tools.sandbox.tools", at(tools, "sandbox", "tools")),
                ToolsConfig.Visibility.ALL,
                new ToolsConfig.AgentToAgent(true, Optional.empty()));
    }

    private static AgentsConfig agents(Map<String, Object> agents) {
        Map<String, Object> defaults = map(agents.get("defaults"));
        return new AgentsConfig(
                each(map(agents.get("entries")), (id, agent) -> agent(id, map(agent))),
                Optional.empty(),
                false,
                mode(map(defaults.get("sandbox"))).orElse(SandboxMode.OFF),
                false,
                ((Number) at(defaults, "subagents").getOrDefault("maxSpawnDepth", 5)).intValue(),
                Optional.empty());
    }

    private static AgentsConfig.Agent agent(String id, Map<String, Object> agent) {
        String path = "agents.entries." + id + ".tools";
        Map<String, Object> tools = map(agent.get("tools"));
        return new AgentsConfig.Agent(
                id,
                Optional.empty(),
                rules(path, tools),
                bySender(path + ".toolsBySender", tools),
                mode(map(agent.get("sandbox"))),
                rules(path + ".sandbox.tools", at(tools, "sandbox", "tools")),
                rules(path + ".subagents.tools", at(tools, "subagents", "tools")),
                Optional.empty());
    }

    private static ChannelConfig channel(String id, Map<String, Object> channel) {
        String path = "channels." + id;
        return new ChannelConfig(
                id,
                true,
                groups(path + ".groups", channel),
                each(
                        map(channel.get("accounts")),
                        (name, account) -> new ChannelConfig.Account(
                                Optional.ofNullable(map(account).get("groups"))
                                        .map(groups -> groups(path + ".accounts." + name + ".groups", map(account))))));
    }

    private static Map<String, ChannelConfig.Group> groups(String path, Map<String, Object> owner) {
        return each(map(owner.get("groups")), (id, group) -> {
            String here = path + "." + id;
            return new ChannelConfig.Group(
                    Optional.ofNullable(map(group).get("tools")).map(tools -> rules(here + ".tools", map(tools))),
                    bySender(here + ".toolsBySender", map(group)));
        });
    }

    private static Map<String, ToolRules> bySender(String path, Map<String, Object> owner) {
        return each(map(owner.get("toolsBySender")), (sender, rules) -> rules(path + "." + sender, map(rules)));
    }

    private static ToolRules rules(String path, Map<String, Object> rules) {
        return new ToolRules(
                path,
                Optional.ofNullable(rules.get("profile"))
                        .map(name -> Profile.valueOf(name.toString().toUpperCase(Locale.ROOT))),
                list(rules, "allow"),
                list(rules, "alsoAllow"),
                list(rules, "deny"),
                each(
                        map(rules.get("byProvider")),
                        (provider, inner) -> rules(path + ".byProvider." + provider, map(inner))));
    }

    private static Optional<SandboxMode> mode(Map<String, Object> sandbox) {
        return Optional.ofNullable(sandbox.get("mode"))
                .map(mode -> SandboxMode.valueOf(
                        mode.toString().toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    private static <T> Map<String, T> each(Map<String, Object> from, BiFunction<String, Object, T> make) {
        Map<String, T> made = new LinkedHashMap<>();
        from.forEach((key, value) -> made.put(key, make.apply(key, value)));
        return made;
    }

    private static Map<String, Object> at(Map<String, Object> from, String... path) {
        Map<String, Object> here = from;
        for (String key : path) {
            here = map(here.get(key));
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static Optional<List<String>> list(Map<String, Object> from, String key) {
        return Optional.ofNullable((List<String>) from.get(key));
    }
}
