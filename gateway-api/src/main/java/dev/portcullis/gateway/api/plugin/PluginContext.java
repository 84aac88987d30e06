package dev.portcullis.gateway.api.plugin;

import java.util.concurrent.ScheduledExecutorService;

/**
 * What a plugin gets when it is loaded. Implemented by the gateway; safe for use by several threads; valid until the
 * provider's {@code close()} returned.
 */
public interface PluginContext {
    /**
     * The name of the provider.
     *
     * @return as its {@code name()} said
     */
    String name();

    /**
     * The configuration of the plugin: {@code plugins.entries.<name>.config}.
     *
     * @return empty if nothing is configured
     */
    PluginConfig config();

    /**
     * A logger whose lines carry the plugin's name. Never log arguments, results or secrets.
     *
     * @return the logger
     */
    System.Logger logger();

    /**
     * A scheduler for background work, shut down (its threads interrupted) before {@code close()} is called. Created when
     * first asked for; one thread.
     *
     * @return the scheduler
     */
    ScheduledExecutorService scheduler();
}
