package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.runtime.config.AgentsConfig;
import dev.portcullis.gateway.runtime.config.AgentsConfig.Agent;
import dev.portcullis.gateway.runtime.config.AgentsConfig.SandboxMode;
import dev.portcullis.gateway.runtime.config.ConfigDocument;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfigBuilder;
import dev.portcullis.gateway.runtime.config.SessionConfig;
import dev.portcullis.gateway.runtime.config.ToolsConfig;
import dev.portcullis.gateway.runtime.config.ToolsConfig.AgentToAgent;
import dev.portcullis.gateway.runtime.config.ToolsConfig.Visibility;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations as far as this room reads them. */
final class TestConfig {
    private Map<String, Object> root = Map.of();
    private List<String> agents = List.of();
    private Optional<String> systemAgent = Optional.empty();
    private boolean explicitOwnership;
    private SandboxMode sandbox = SandboxMode.OFF;
    private boolean sandboxSeesAll;
    private SessionConfig session = new SessionConfig(SessionConfig.Scope.PER_SENDER, "main");
    private Visibility visibility = Visibility.ALL;
    private AgentToAgent agentToAgent = new AgentToAgent(true, Optional.empty());

    TestConfig document(Map<String, Object> values) {
        root = values;
        return this;
    }

    TestConfig agents(String... ids) {
        agents = List.of(ids);
        return this;
    }

    TestConfig systemAgent(String id) {
        systemAgent = Optional.of(id);
        return this;
    }

    TestConfig explicitOwnership() {
        explicitOwnership = true;
        return this;
    }

    TestConfig sandbox(SandboxMode mode) {
        sandbox = mode;
        return this;
    }

    TestConfig sandboxSeesAll() {
        sandboxSeesAll = true;
        return this;
    }

    TestConfig mainKey(String name) {
        session = new SessionConfig(session.scope(), name);
        return this;
    }

    TestConfig globalScope() {
        session = new SessionConfig(SessionConfig.Scope.GLOBAL, session.mainKey());
        return this;
    }

    TestConfig visibility(Visibility mode) {
        visibility = mode;
        return this;
    }

    TestConfig agentToAgent(boolean enabled, String... allow) {
        agentToAgent = new AgentToAgent(enabled, allow.length == 0 ? Optional.empty() : Optional.of(List.of(allow)));
        return this;
    }

    GatewayConfig build() {
        Map<String, Agent> entries = new LinkedHashMap<>();
        for (String id : agents) {
            entries.put(
                    id,
                    new Agent(
                            id,
                            Optional.empty(),
                            GatewayConfigBuilder.noRules("agents.entries." + id + ".tools"),
                            Map.of(),
                            Optional.empty(),
                            GatewayConfigBuilder.noRules("sandbox"),
                            GatewayConfigBuilder.noRules("subagents"),
                            Optional.empty()));
        }
        return new GatewayConfigBuilder()
                .with(new ConfigDocument(Optional.empty(), root, "0"))
                .with(new ToolsConfig(
                        GatewayConfigBuilder.noRules("tools"),
                        Map.of(),
                        GatewayConfigBuilder.noRules("tools.subagents.tools"),
                        GatewayConfigBuilder.noRules("tools.sandbox.tools"),
                        visibility,
                        agentToAgent))
                .with(new AgentsConfig(
                        entries, systemAgent, explicitOwnership, sandbox, sandboxSeesAll, 5, Optional.empty()))
                .with(session)
                .build();
    }
}
