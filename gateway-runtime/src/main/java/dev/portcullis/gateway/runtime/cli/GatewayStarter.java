package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.Gateway;
import dev.portcullis.gateway.runtime.GatewayOptions;
import dev.portcullis.gateway.runtime.GatewayStartException;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.operate.StartReport;
import java.nio.file.Path;
import java.util.Optional;

/** Starts the real gateway. */
final class GatewayStarter implements GatewayProcess.Starter {
    private final ConfigEnvironment environment;
    private final Optional<Path> distribution;

    GatewayStarter(ConfigEnvironment environment, Optional<Path> distribution) {
        this.environment = environment;
        this.distribution = distribution;
    }

    @Override
    public void prepare() {
        Gateway.prepare();
    }

    @Override
    public GatewayProcess start(GatewayProcess.Settings settings) {
        try {
            return new Started(Gateway.start(new GatewayOptions(
                    settings.config().map(Path::toString),
                    settings.stateDir().map(Path::toString),
                    distribution,
                    environment.with(settings.overrides()),
                    Version.number(),
                    GatewayOptions.BuiltIns::ofBootLayer)));
        } catch (GatewayStartException refused) {
            throw CliException.withDetails(
                    refused.configuration() ? ExitStatus.CONFIGURATION : ExitStatus.FAILED,
                    "The gateway does not start:",
                    refused.problems());
        }
    }

    private record Started(Gateway gateway) implements GatewayProcess {
        @Override
        public StartReport report() {
            return gateway.report();
        }

        @Override
        public void reload() {
            gateway.reload();
        }

        @Override
        public boolean awaitStop() {
            while (true) {
                try {
                    return gateway.awaitStop();
                } catch (InterruptedException woken) {
                    // by a tool that interrupts whatever thread it finds: a process is stopped by signals
                }
            }
        }

        @Override
        public void close() {
            gateway.close();
        }
    }
}
