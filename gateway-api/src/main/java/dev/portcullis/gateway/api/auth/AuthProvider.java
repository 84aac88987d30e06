package dev.portcullis.gateway.api.auth;

import dev.portcullis.gateway.api.plugin.PluginContext;

/**
 * Service: contributes a way to authenticate. Declare it with {@code provides AuthProvider with …} in the plugin's
 * {@code module-info}.
 *
 * <p>Being loaded admits nobody: a provider is asked only if {@code gateway.auth.mode} names it or
 * {@code gateway.auth.providers} lists it.
 *
 * <h2>Lifecycle</h2>
 *
 * <ol>
 *   <li>The gateway creates one instance per load through the public constructor without parameters. Do no I/O there.
 *   <li>{@link #name()} is asked first and must always answer the same; then {@link #kind()}.
 *   <li>{@link #create} is called exactly once per load. It may block and may fail; a load deadline applies.
 *   <li>No request reaches the authenticator before the whole plugin was loaded successfully.
 *   <li>{@link #close()} is called once, after the last use ended or the drain deadline passed, in reverse order of
 *       creation, and also after {@link #create} failed.
 * </ol>
 *
 * <p>A provider that the configuration names and that cannot be loaded stops the start of the gateway.
 */
public interface AuthProvider extends AutoCloseable {
    /** What a successful authentication proves. */
    enum Kind {
        /**
         * Possession of a secret that the operator shares: the caller gets what the provider granted, usually
         * {@link Principal#operator()}, and a narrowing {@code x-openclaw-scopes} header is ignored, as in the reference
         * gateway. A success forgets the failures of the client address.
         */
        SHARED_SECRET,
        /** An identity: the caller gets what the provider granted, cut down by an {@code x-openclaw-scopes} header. */
        IDENTITY
    }

    /**
     * The name of this provider: what {@code gateway.auth.mode} and {@code gateway.auth.providers} say, and the key of its
     * configuration ({@code plugins.entries.<name>}).
     *
     * @return a name that matches {@code [a-z][a-z0-9-]*}, at most 64 characters, unique among all loaded providers
     */
    String name();

    /**
     * What a successful authentication proves.
     *
     * @return always the same
     */
    Kind kind();

    /**
     * Creates the authenticator.
     *
     * @param context name, configuration, logger and scheduler of this plugin; valid until {@link #close()} returns
     * @return the authenticator
     * @throws dev.portcullis.gateway.api.plugin.PluginException if the configuration does not allow to start; its message
     *     is shown to the operator
     * @throws Exception if anything else prevents it
     */
    Authenticator create(PluginContext context) throws Exception;

    /**
     * Releases what {@link #create} acquired. The default does nothing.
     *
     * @throws Exception is logged and otherwise ignored
     */
    @Override
    default void close() throws Exception {}
}
