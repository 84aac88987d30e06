package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment.Overrides;
import dev.portcullis.gateway.runtime.config.StateHolder;
import java.time.Duration;
import java.util.Optional;

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

    /** Looks at the gateway that the options mean, and asks it one thing. */
    GatewayLook look(ConnectionOptions options, Duration timeout, String method) {
        Optional<StateHolder> holder =
                options.url == null ? StateHolder.of(configuration().stateDir()) : Optional.empty();
        return GatewayLook.at(target(options), holder, timeout, method);
    }

    GatewayClient connect(ConnectionOptions options, Duration timeout) {
        return new GatewayClient(target(options), timeout);
    }
}
