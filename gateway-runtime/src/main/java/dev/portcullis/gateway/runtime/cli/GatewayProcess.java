package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment.Overrides;
import dev.portcullis.gateway.runtime.operate.StartReport;
import java.nio.file.Path;
import java.util.Optional;

/** A gateway in this process, as {@code run} sees it. */
interface GatewayProcess extends AutoCloseable {
    StartReport report();

    /** Reads configuration and plugins again; the log says how it went. */
    void reload();

    /**
     * Waits until it was closed.
     *
     * @return whether it was asked to; false if it could not go on
     */
    boolean awaitStop() throws InterruptedException;

    /** Drains, and closes; once, however often it is called. */
    @Override
    void close();

    /** What the command line says. */
    record Settings(Optional<Path> config, Optional<Path> stateDir, Overrides overrides) {}

    /** Starts gateways. */
    interface Starter {
        /** Says that a start follows, unless the configuration is refused before. */
        default void prepare() {}

        /**
         * When this returns, the gateway serves.
         *
         * @throws CliException with all that stands in the way
         */
        GatewayProcess start(Settings settings);
    }
}
