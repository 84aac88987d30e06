package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.invoke.ToolExecutor;
import dev.portcullis.gateway.runtime.invoke.WatchReport;
import dev.portcullis.gateway.runtime.plugin.LoadedPlugin;
import dev.portcullis.gateway.runtime.plugin.PluginIdentity;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.telemetry.Vitals;
import java.util.stream.Collectors;

/** What is measured of a gateway while it runs. */
final class VitalSigns {
    private final Worlds worlds;
    private final ToolExecutor executor;
    private final Listeners listeners;
    private final AuthRateLimiter limiter;
    private final AuditLog audit;

    VitalSigns(Worlds worlds, ToolExecutor executor, Listeners listeners, AuthRateLimiter limiter, AuditLog audit) {
        this.worlds = worlds;
        this.executor = executor;
        this.listeners = listeners;
        this.limiter = limiter;
        this.audit = audit;
    }

    Vitals read() {
        WatchReport now = executor.report();
        AuditLog.Backlog backlog = audit.backlog();
        PluginSet plugins = worlds.world().plugins();
        return new Vitals(
                listeners.reopened(),
                listeners.active(),
                now.running(),
                now.runaways().stream()
                        .mapToInt(WatchReport.Runaway::invocations)
                        .sum(),
                now.extraParallelism(),
                limiter.lockouts(),
                limiter.lockedOut(),
                new Vitals.Plugins(
                        plugins.plugins().size(),
                        plugins.plugins().stream()
                                .map(LoadedPlugin::identity)
                                .collect(Collectors.toMap(
                                        plugin -> plugin.file().isPresent() ? plugin.id() : "built-in",
                                        PluginIdentity::generation,
                                        Math::max)),
                        plugins.problems().size(),
                        worlds.world().snapshot().authentication().generation(),
                        worlds.alive()),
                new Vitals.Audit(backlog.waiting(), backlog.lag(), backlog.lost(), backlog.removedArchives()));
    }
}
