package dev.portcullis.gateway.api.policy;

import dev.portcullis.gateway.api.plugin.PluginContext;

/**
 * Service: contributes a source of policies. Declare it with {@code provides PolicySourceProvider with …} in the plugin's
 * {@code module-info}.
 *
 * <p>A source can only narrow: its policies are further steps that a tool must survive. It cannot bring back what the
 * configuration or another step removed, and it cannot touch the HTTP deny list.
 *
 * <h2>Lifecycle</h2>
 *
 * <ol>
 *   <li>The gateway creates one instance per load through the public constructor without parameters. Do no I/O there.
 *   <li>{@link #name()} is asked first and must always answer the same.
 *   <li>{@link #create} is called exactly once per load. It may block and may fail; a load deadline applies.
 *   <li>No request is decided with the source before the whole plugin was loaded successfully.
 *   <li>{@link #close()} is called once, after the last use ended or the drain deadline passed, in reverse order of
 *       creation, and also after {@link #create} failed.
 * </ol>
 *
 * <p>A policy source that cannot be loaded stops the start of the gateway: rules that are missing would widen.
 */
public interface PolicySourceProvider extends AutoCloseable {
    /**
     * The name of this provider: the key of its configuration ({@code plugins.entries.<name>}) and the prefix of its
     * labels.
     *
     * @return a name that matches {@code [a-z][a-z0-9-]*}, at most 64 characters, unique among all loaded providers
     */
    String name();

    /**
     * Creates the source.
     *
     * @param context name, configuration, logger and scheduler of this plugin; valid until {@link #close()} returns
     * @return the source
     * @throws dev.portcullis.gateway.api.plugin.PluginException if the configuration does not allow to start; its message
     *     is shown to the operator
     * @throws Exception if anything else prevents it
     */
    PolicySource create(PluginContext context) throws Exception;

    /**
     * Releases what {@link #create} acquired. The default does nothing.
     *
     * @throws Exception is logged and otherwise ignored
     */
    @Override
    default void close() throws Exception {}
}
