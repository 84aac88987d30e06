package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment.Overrides;
import java.time.Duration;

/** What every command works with. */
record CliContext(Portcullis root, Surroundings surroundings, ConfigAccess.Locator locator) {
    Output output() {
        return root.output();
    }

    ConfigAccess configuration() {
        return configuration(Overrides.NONE);
    }

    ConfigAccess configuration(Overrides overrides) {
        return locator.locate(root.config(), root.stateDir(), overrides);
    }

    GatewayTarget target(ConnectionOptions options) {
        return new TargetResolver(surroundings, configuration()).resolve(options);
    }

    GatewayClient connect(ConnectionOptions options, Duration timeout) {
        return new GatewayClient(target(options), timeout);
    }
}
