package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.catalog.ToolCatalog;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.plugin.DepartedPlugins;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.session.SessionResolver;
import java.util.List;

/**
 * What the gateway serves right now, as far as operators are shown it.
 *
 * @param lingering generations of plugins that were closed and stay in memory
 */
public record OperatorSnapshot(
        GatewayConfig config,
        PolicyEngine policy,
        ToolCatalog catalog,
        SessionResolver sessions,
        PluginSet plugins,
        Invocations invocations,
        List<DepartedPlugins.Lingering> lingering) {
    public OperatorSnapshot {
        lingering = List.copyOf(lingering);
    }

    /**
     * What runs right now.
     *
     * @param running how many invocations
     * @param extraCarrierThreads added while tools occupy those that there are
     * @param runaways tools that are refused because earlier invocations of them do not end
     */
    public record Invocations(int running, int extraCarrierThreads, List<Runaway> runaways) {
        public static final Invocations NONE = new Invocations(0, 0, List.of());

        public Invocations {
            runaways = List.copyOf(runaways);
        }
    }

    /** A tool and how many of its invocations run on after their deadline. */
    public record Runaway(String tool, String provider, int invocations) {}

    /** With nothing running. */
    public OperatorSnapshot(
            GatewayConfig config,
            PolicyEngine policy,
            ToolCatalog catalog,
            SessionResolver sessions,
            PluginSet plugins) {
        this(config, policy, catalog, sessions, plugins, Invocations.NONE, List.of());
    }
}
