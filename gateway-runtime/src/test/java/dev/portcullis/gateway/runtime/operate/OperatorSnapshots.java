package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.catalog.ToolCatalog;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.session.SessionResolver;
import java.util.List;

/** Snapshots of gateways that do nothing at the moment. */
public final class OperatorSnapshots {
    private OperatorSnapshots() {}

    /** Nothing runs, and nothing of an earlier plugin is left. */
    public static OperatorSnapshot idle(
            GatewayConfig config,
            PolicyEngine policy,
            ToolCatalog catalog,
            SessionResolver sessions,
            PluginSet plugins) {
        return new OperatorSnapshot(
                config,
                policy,
                catalog,
                sessions,
                plugins,
                new OperatorSnapshot.Invocations(0, 0, List.of()),
                List.of());
    }
}
