package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.auth.AuthSettings;
import dev.portcullis.gateway.runtime.auth.NamedAuthenticator;
import dev.portcullis.gateway.runtime.auth.UnknownAuthProviderException;
import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.ServerConfig;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.invoke.WatchReport;
import dev.portcullis.gateway.runtime.operate.Reloads;
import dev.portcullis.gateway.runtime.operate.StartReporter;
import dev.portcullis.gateway.runtime.plugin.LoadedPlugin;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.plugin.PluginWatch;
import dev.portcullis.gateway.runtime.plugin.Predecessor;
import dev.portcullis.gateway.runtime.plugin.Predecessor.Occasion;
import dev.portcullis.gateway.runtime.session.SessionStore;
import dev.portcullis.gateway.runtime.telemetry.GatewayMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings an edited configuration and changed plugins to life while the gateway serves; what cannot serve changes nothing. */
final class Reloader implements Reloads {
    private static final System.Logger LOG = System.getLogger(Reloader.class.getName());

    private static final String FAULT = "The gateway itself failed at it; its log has the details.";

    private final StateDirectory state;
    private final PluginHost plugins;
    private final SessionStore sessions;
    private final AuthRateLimiter limiter;
    private final Worlds worlds;
    private final GatewayMetrics metrics;
    private final PluginWatch folders;
    private final ConfigEdits edits;
    private volatile boolean held;
    private volatile List<String> skippedConfig = List.of();
    private volatile List<String> skippedPlugins = List.of();
    private volatile List<String> restart = List.of();

    Reloader(
            ConfigSource source,
            StateDirectory state,
            PluginHost plugins,
            SessionStore sessions,
            AuthRateLimiter limiter,
            Worlds worlds,
            GatewayMetrics metrics) {
        this.state = state;
        this.plugins = plugins;
        this.sessions = sessions;
        this.limiter = limiter;
        this.worlds = worlds;
        this.metrics = metrics;
        this.edits = new ConfigEdits(source, state, source.tokenMade(), System::nanoTime);
        this.folders = plugins.watch(
                () -> worlds.world().snapshot().config().plugins(),
                waiting -> reloadPlugins(new Look(Occasion.FILES, waiting, Set.of())));
    }

    /** Which plugins are looked at again, and how. */
    private record Look(Occasion occasion, Set<Path> waiting, Set<String> again) {}

    /** Watches the files of the configuration and the plugin folders. */
    void watch(FileWatch files, Closing closing) {
        files.start(() -> reloadConfig(false), edits::due);
        closing.later(folders).start();
    }

    @Override
    public Report reload(What what, Optional<String> plugin) {
        Report config = what == What.PLUGINS ? new Report(List.of(), List.of()) : reloadConfig(true);
        if (what == What.CONFIG || !config.accepted()) {
            return config;
        }
        Report loaded = reloadPlugins(new Look(
                Occasion.REQUEST, changing(), Set.copyOf(plugin.stream().toList())));
        List<String> changes = new ArrayList<>(config.changes());
        changes.addAll(loaded.changes());
        return new Report(loaded.problems(), changes);
    }

    @Override
    public State state() {
        List<String> skipped = new ArrayList<>(skippedConfig);
        skipped.addAll(skippedPlugins);
        return new State(skipped, restart);
    }

    /** What cannot serve: the first line for the readiness probe, which names no details. */
    List<String> skipped() {
        List<String> skipped = new ArrayList<>();
        if (!skippedConfig.isEmpty()) {
            skipped.add(held ? "config edit held" : "config reload skipped");
        }
        if (!skippedPlugins.isEmpty()) {
            skipped.add("plugins reload skipped");
        }
        return skipped;
    }

    private synchronized Report reloadConfig(boolean asked) {
        try {
            return counted("config", loadConfig(asked));
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "The configuration could not be reloaded", fault);
            edits.failed();
            held = false;
            skippedConfig = List.of(FAULT);
            return counted("config", new Report(skippedConfig, List.of()));
        }
    }

    private Report loadConfig(boolean asked) {
        World running = worlds.world();
        try {
            return switch (edits.next(running.snapshot().config(), asked)) {
                case ConfigEdits.Next.Keep keep -> {
                    held = true;
                    skippedConfig = keep.problems();
                    yield new Report(skippedConfig, List.of());
                }
                case ConfigEdits.Next.Serve wanted -> serveConfig(running, wanted);
            };
        } catch (GatewayStartException | UnknownAuthProviderException invalid) {
            edits.failed();
            held = false;
            skippedConfig = problems(invalid);
            return skipped("config", skippedConfig);
        }
    }

    private Report serveConfig(World running, ConfigEdits.Next.Serve wanted) throws GatewayStartException {
        GatewayConfig before = running.snapshot().config();
        GatewayConfig live = wanted.config();
        boolean otherPlugins = !before.plugins().equals(live.plugins())
                || !AuthSettings.forProviders(before).equals(AuthSettings.forProviders(live));
        PluginSet loaded = otherPlugins
                ? plugins.load(live, Predecessor.of(running.plugins(), Occasion.CONFIGURATION, changing(), Set.of()))
                : running.plugins();
        List<String> changes = serve(running, live, loaded);
        edits.serves(wanted);
        sayRestart(wanted.restart());
        held = false;
        skippedConfig = List.of();
        ConfigSource.keepLastGood(wanted.reading(), state);
        LOG.log(
                System.Logger.Level.INFO,
                "The configuration was reloaded from " + live.document().name());
        return new Report(List.of(), changes);
    }

    private synchronized Report reloadPlugins(Look look) {
        try {
            return counted("plugins", loadPlugins(look));
        } catch (RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "The plugins could not be reloaded", fault);
            skippedPlugins = List.of(FAULT);
            return counted("plugins", new Report(skippedPlugins, List.of()));
        }
    }

    private Report counted(String what, Report report) {
        metrics.reloaded(what, report.accepted());
        return report;
    }

    private Report loadPlugins(Look look) {
        World running = worlds.world();
        GatewayConfig config = running.snapshot().config();
        try {
            PluginSet loaded = plugins.load(
                    config, Predecessor.of(running.plugins(), look.occasion(), look.waiting(), look.again()));
            List<String> changes = serve(running, config, loaded);
            skippedPlugins = List.of();
            return new Report(List.of(), changes);
        } catch (GatewayStartException | UnknownAuthProviderException refused) {
            skippedPlugins = problems(refused);
            return skipped("plugins", skippedPlugins);
        }
    }

    /** Builds a world beside the running one and lets it serve. */
    private List<String> serve(World running, GatewayConfig config, PluginSet loaded) {
        GatewayConfig before = running.snapshot().config();
        if (loaded.equals(running.plugins()) && config.equals(before)) {
            return List.of();
        }
        boolean otherAuthority = otherAuthority(before, config)
                || !authenticators(running.plugins()).equals(authenticators(loaded));
        long generation = running.snapshot().authentication().generation() + (otherAuthority ? 1 : 0);
        World next;
        try {
            next = World.build(config, loaded, sessions, limiter, generation);
            next.snapshot().policy().prepareLike(running.snapshot().policy());
        } catch (RuntimeException | Error unbuilt) {
            loaded.plugins().reversed().stream()
                    .filter(plugin -> !running.plugins().plugins().contains(plugin))
                    .forEach(LoadedPlugin::retire);
            throw unbuilt;
        }
        limiter.replacePolicy(config.auth().rateLimit());
        worlds.replace(next);
        List<String> changes = new ArrayList<>(loaded.since(running.plugins()));
        List<String> lost = loaded.rulesLost(running.plugins());
        lost.forEach(rules -> LOG.log(System.Logger.Level.WARNING, rules));
        changes.addAll(StartReporter.hidden(
                loaded.newProviders(running.plugins()), next.forOperators(WatchReport.NOTHING, List.of())));
        changes.forEach(change -> LOG.log(System.Logger.Level.INFO, change));
        changes.addAll(lost);
        return changes;
    }

    private static boolean otherAuthority(GatewayConfig before, GatewayConfig now) {
        ServerConfig then = before.server();
        return !authority(before.auth()).equals(authority(now.auth()))
                || !then.trustedProxies().equals(now.server().trustedProxies())
                || then.allowRealIpFallback() != now.server().allowRealIpFallback();
    }

    /** How often one may guess takes nothing from who knows. */
    private static AuthConfig authority(AuthConfig auth) {
        return auth.withRateLimit(AuthConfig.RateLimit.DEFAULT);
    }

    private static List<NamedAuthenticator> authenticators(PluginSet set) {
        return set.plugins().stream()
                .flatMap(plugin -> plugin.authenticators().stream())
                .toList();
    }

    private Set<Path> changing() {
        try {
            return folders.changing();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Set.of();
        }
    }

    private void sayRestart(List<String> keys) {
        if (!keys.isEmpty() && !keys.equals(restart)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Changed in the configuration, and in force only after a restart: " + String.join(", ", keys));
        }
        restart = keys;
    }

    private static List<String> problems(Exception refused) {
        return refused instanceof GatewayStartException invalid
                ? invalid.problems()
                : List.of(String.valueOf(refused.getMessage()));
    }

    private static Report skipped(String what, List<String> problems) {
        LOG.log(
                System.Logger.Level.ERROR,
                what + " reload skipped (invalid " + what + "); what was served before is served still:"
                        + System.lineSeparator() + "  " + String.join(System.lineSeparator() + "  ", problems));
        return new Report(problems, List.of());
    }
}
