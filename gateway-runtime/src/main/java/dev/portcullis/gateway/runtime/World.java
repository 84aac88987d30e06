package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.auth.AuthenticationChain;
import dev.portcullis.gateway.runtime.auth.IngressAttribution;
import dev.portcullis.gateway.runtime.catalog.ToolCatalog;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.WatchReport;
import dev.portcullis.gateway.runtime.operate.OperatorSnapshot;
import dev.portcullis.gateway.runtime.plugin.DepartedPlugins;
import dev.portcullis.gateway.runtime.plugin.LoadedPlugin;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.session.SessionResolver;
import dev.portcullis.gateway.runtime.session.SessionStore;
import java.util.List;

/** A snapshot with the plugins it was built from: for {@code Gateway}, and for the test kit. */
public record World(Snapshot snapshot, PluginSet plugins) {
    /**
     * Builds everything that follows from a configuration and its plugins.
     *
     * @throws dev.portcullis.gateway.runtime.auth.UnknownAuthProviderException if nobody provides what is named
     */
    public static World build(
            GatewayConfig config, PluginSet plugins, SessionStore store, AuthRateLimiter limiter, long generation) {
        List<LoadedPlugin> loaded = plugins.plugins();
        ToolCatalog catalog = new ToolCatalog(
                loaded.stream().flatMap(plugin -> plugin.tools().stream()).toList());
        Snapshot snapshot = new Snapshot(
                config,
                new IngressAttribution(
                        config.server().trustedProxies(), config.server().allowRealIpFallback()),
                new AuthenticationChain(
                        config.auth(),
                        loaded.stream()
                                .flatMap(plugin -> plugin.authenticators().stream())
                                .toList(),
                        config.invoke().authProviderTimeout(),
                        limiter,
                        generation),
                new SessionResolver(config, store),
                PolicyEngine.compile(
                        config,
                        catalog.index(),
                        loaded.stream()
                                .flatMap(plugin -> plugin.policySources().stream())
                                .toList()),
                catalog);
        return new World(snapshot, plugins);
    }

    OperatorSnapshot forOperators(WatchReport now, List<DepartedPlugins.Lingering> lingering) {
        return new OperatorSnapshot(
                snapshot.config(),
                snapshot.policy(),
                snapshot.catalog(),
                snapshot.sessions(),
                plugins,
                new OperatorSnapshot.Invocations(
                        now.running(),
                        now.extraParallelism(),
                        now.runaways().stream()
                                .map(one -> new OperatorSnapshot.Runaway(one.tool(), one.provider(), one.invocations()))
                                .toList()),
                lingering);
    }
}
