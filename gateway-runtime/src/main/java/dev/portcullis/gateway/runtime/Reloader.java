package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.auth.AuthSettings;
import dev.portcullis.gateway.runtime.auth.UnknownAuthProviderException;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.session.SessionStore;
import java.util.List;

/** Brings an edited configuration to life while the gateway serves; one that cannot serve changes nothing. */
final class Reloader {
    private static final System.Logger LOG = System.getLogger(Reloader.class.getName());

    private final ConfigSource source;
    private final StateDirectory state;
    private final PluginHost plugins;
    private final SessionStore sessions;
    private final AuthRateLimiter limiter;
    private final Worlds worlds;

    Reloader(
            ConfigSource source,
            StateDirectory state,
            PluginHost plugins,
            SessionStore sessions,
            AuthRateLimiter limiter,
            Worlds worlds) {
        this.source = source;
        this.state = state;
        this.plugins = plugins;
        this.sessions = sessions;
        this.limiter = limiter;
        this.worlds = worlds;
    }

    /** Reads the configuration again and lets it serve, if it can. */
    synchronized void reload() {
        World running = worlds.world();
        GatewayConfig before = running.snapshot().config();
        try {
            RestartOnly wanted = RestartOnly.of(before, source.withToken(source.read(), state));
            if (!wanted.keys().isEmpty()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Changed in the configuration, and in force only after a restart: "
                                + String.join(", ", wanted.keys()));
            }
            worlds.replace(world(running, before, wanted.live()));
            limiter.replacePolicy(wanted.live().auth().rateLimit());
            LOG.log(
                    System.Logger.Level.INFO,
                    "The configuration was reloaded from " + before.document().name());
        } catch (GatewayStartException invalid) {
            skipped(invalid.problems());
        } catch (UnknownAuthProviderException unknown) {
            skipped(List.of(String.valueOf(unknown.getMessage())));
        }
    }

    private World world(World running, GatewayConfig before, GatewayConfig now) throws GatewayStartException {
        boolean otherPlugins = !before.plugins().equals(now.plugins())
                || !AuthSettings.forProviders(before).equals(AuthSettings.forProviders(now));
        boolean otherAuthority = otherPlugins
                || !before.auth().equals(now.auth())
                || !before.server().trustedProxies().equals(now.server().trustedProxies())
                || before.server().allowRealIpFallback() != now.server().allowRealIpFallback();
        long generation = running.snapshot().authentication().generation() + (otherAuthority ? 1 : 0);
        PluginSet loaded = otherPlugins ? plugins.load(now) : running.plugins();
        try {
            return World.build(now, loaded, sessions, limiter, generation);
        } catch (UnknownAuthProviderException unknown) {
            if (otherPlugins) {
                loaded.close();
            }
            throw unknown;
        }
    }

    private static void skipped(List<String> problems) {
        LOG.log(
                System.Logger.Level.ERROR,
                "config reload skipped (invalid config); what was served before is served still:"
                        + System.lineSeparator() + "  " + String.join(System.lineSeparator() + "  ", problems));
    }
}
