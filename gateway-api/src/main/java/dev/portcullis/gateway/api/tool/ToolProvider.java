package dev.portcullis.gateway.api.tool;

import dev.portcullis.gateway.api.plugin.PluginContext;
import java.util.List;

/**
 * Service: contributes tools. Declare it with {@code provides ToolProvider with …} in the plugin's {@code module-info}.
 *
 * <h2>Lifecycle</h2>
 *
 * <ol>
 *   <li>The gateway creates one instance per load through the public constructor without parameters. Do no I/O there.
 *   <li>{@link #name()} is asked first, before anything else, and must always answer the same.
 *   <li>{@link #tools} is called exactly once per load. It may block and may fail; a load deadline applies.
 *   <li>No request reaches the tools before the whole plugin was loaded successfully.
 *   <li>{@link #close()} is called once, after the last invocation ended or the drain deadline passed, in reverse order
 *       of creation, and also after {@link #tools} failed.
 * </ol>
 *
 * <p>The calls above are made by one thread at a time and happen-before each other. The context class loader of the
 * calling thread is the plugin's own.
 */
public interface ToolProvider extends AutoCloseable {
    /**
     * The name of this provider: the key of its configuration ({@code plugins.entries.<name>}) and the name operators see.
     *
     * @return a name that matches {@code [a-z][a-z0-9-]*}, at most 64 characters, unique among all loaded providers
     */
    String name();

    /**
     * Creates the tools.
     *
     * @param context name, configuration, logger and scheduler of this plugin; valid until {@link #close()} returns
     * @return the tools, possibly none; names must be unique among all loaded plugins. The list is copied
     * @throws dev.portcullis.gateway.api.plugin.PluginException if the configuration does not allow to start; its message
     *     is shown to the operator
     * @throws Exception if anything else prevents it; the plugin is then quarantined and the gateway serves without it
     */
    List<Tool> tools(PluginContext context) throws Exception;

    /**
     * Releases what {@link #tools} acquired. The default does nothing.
     *
     * @throws Exception is logged and otherwise ignored
     */
    @Override
    default void close() throws Exception {}
}
