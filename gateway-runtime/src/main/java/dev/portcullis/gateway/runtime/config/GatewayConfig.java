package dev.portcullis.gateway.runtime.config;

import java.util.Map;

/**
 * The configuration of a gateway, read, checked and complete: every default is filled in. Immutable.
 *
 * @param document what was read, for plugins' own blocks and for showing it
 * @param remote for commands alone; the gateway itself has no use for it
 * @param channels by channel id, lower case; empty when nothing is configured
 */
public record GatewayConfig(
        ConfigDocument document,
        ServerConfig server,
        AuthConfig auth,
        HttpToolsConfig httpTools,
        InvokeConfig invoke,
        ToolsConfig tools,
        AgentsConfig agents,
        Map<String, ChannelConfig> channels,
        SessionConfig session,
        PluginsConfig plugins,
        LoggingConfig logging,
        AuditConfig audit,
        DiagnosticsConfig diagnostics,
        RemoteConfig remote) {
    public GatewayConfig {
        channels = Map.copyOf(channels);
    }

    /** The same with other authentication. */
    public GatewayConfig with(AuthConfig changed) {
        return new GatewayConfig(
                document,
                server,
                changed,
                httpTools,
                invoke,
                tools,
                agents,
                channels,
                session,
                plugins,
                logging,
                audit,
                diagnostics,
                remote);
    }
}
