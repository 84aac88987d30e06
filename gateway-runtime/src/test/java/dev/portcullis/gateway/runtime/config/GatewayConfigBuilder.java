package dev.portcullis.gateway.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A whole configuration, for tests that read no file: what is not set is as if nothing were configured, but that nobody has to
 * authenticate, and that no audit is written.
 */
public final class GatewayConfigBuilder {
    private ConfigDocument document = new ConfigDocument(Optional.empty(), Map.of(), "0");
    private ServerConfig server = ServerConfigBuilder.server().build();
    private AuthConfig auth = AuthConfigBuilder.auth("none").build();
    private HttpToolsConfig httpTools = new HttpToolsConfig(List.of(), List.of());
    private InvokeConfig invoke = InvokeConfig.DEFAULT;
    private ToolsConfig tools = new ToolsConfig(
            noRules("tools"),
            Map.of(),
            noRules("tools.subagents.tools"),
            noRules("tools.sandbox.tools"),
            ToolsConfig.Visibility.TREE,
            new ToolsConfig.AgentToAgent(false, Optional.empty()));
    private AgentsConfig agents = new AgentsConfig(
            Map.of(), Optional.empty(), false, AgentsConfig.SandboxMode.OFF, false, 5, Optional.empty());
    private Map<String, ChannelConfig> channels = Map.of();
    private SessionConfig session = new SessionConfig(SessionConfig.Scope.PER_SENDER, "main");
    private PluginsConfig plugins = new PluginsConfig(
            true, Set.of(), Set.of(), List.of(), Map.of(), PluginTrust.DEFAULT, true, PluginsConfig.DRAIN);
    private AuditConfig audit = new AuditConfig(false, Optional.empty(), AuditConfig.LARGEST_FILE);
    private RemoteConfig remote = RemoteConfig.NONE;

    /** A scope that says nothing. */
    public static ToolRules noRules(String path) {
        return new ToolRules(path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    public GatewayConfigBuilder with(ConfigDocument part) {
        document = part;
        return this;
    }

    public GatewayConfigBuilder with(ServerConfig part) {
        server = part;
        return this;
    }

    public GatewayConfigBuilder with(AuthConfig part) {
        auth = part;
        return this;
    }

    public GatewayConfigBuilder with(HttpToolsConfig part) {
        httpTools = part;
        return this;
    }

    public GatewayConfigBuilder with(InvokeConfig part) {
        invoke = part;
        return this;
    }

    public GatewayConfigBuilder with(ToolsConfig part) {
        tools = part;
        return this;
    }

    public GatewayConfigBuilder with(AgentsConfig part) {
        agents = part;
        return this;
    }

    public GatewayConfigBuilder with(Map<String, ChannelConfig> part) {
        channels = part;
        return this;
    }

    public GatewayConfigBuilder with(SessionConfig part) {
        session = part;
        return this;
    }

    public GatewayConfigBuilder with(PluginsConfig part) {
        plugins = part;
        return this;
    }

    public GatewayConfigBuilder with(AuditConfig part) {
        audit = part;
        return this;
    }

    public GatewayConfigBuilder with(RemoteConfig part) {
        remote = part;
        return this;
    }

    public GatewayConfig build() {
        return new GatewayConfig(
                document,
                server,
                auth,
                httpTools,
                invoke,
                tools,
                agents,
                channels,
                session,
                plugins,
                LoggingConfig.of(System.Logger.Level.INFO),
                audit,
                DiagnosticsConfig.DEFAULT,
                remote);
    }
}
