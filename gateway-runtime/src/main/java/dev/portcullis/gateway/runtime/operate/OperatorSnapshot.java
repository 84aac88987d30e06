package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.catalog.ToolCatalog;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.plugin.DepartedPlugins;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.session.SessionResolver;
import java.util.ArrayList;
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
        public Invocations {
            runaways = List.copyOf(runaways);
        }

        /** What the watchdog has to do at the moment, a sentence each. */
        List<String> warnings() {
            List<String> warnings =
                    new ArrayList<>(runaways.stream().map(Runaway::text).toList());
            if (extraCarrierThreads > 0) {
                warnings.add("Code that does not yield occupies threads that others need: the watchdog has added "
                        + extraCarrierThreads + (extraCarrierThreads == 1 ? " carrier thread" : " carrier threads")
                        + " until it ends. The log says since when.");
            }
            return warnings;
        }
    }

    /** A tool and how many of its invocations run on after their deadline. */
    public record Runaway(String tool, String provider, int invocations) {
        String text() {
            return "Tool " + tool + " of provider " + provider + " ran away: "
                    + (invocations == 1 ? "an invocation of it goes on" : invocations + " invocations of it go on")
                    + " after deadline and interrupt, and further calls get 503 until "
                    + (invocations == 1 ? "it ends" : "they end")
                    + ". The log says where in its code; replace or disable its plugin.";
        }
    }
}
