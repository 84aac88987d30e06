package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment.Overrides;
import dev.portcullis.gateway.runtime.config.StateHolder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

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
        return new TargetResolver(surroundings, configurationOfClient()).resolve(options);
    }

    /** As a gateway would not start with it, but commands that ask another one work with it. */
    ConfigAccess configurationOfClient() {
        return configuration(new Overrides(
                OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true));
    }

    /** Looks at the gateway that the options mean, and asks it one thing. */
    GatewayLook look(ConnectionOptions options, Duration timeout, String method) {
        GatewayTarget target = target(options);
        Optional<StateHolder> holder =
                target.here() ? StateHolder.of(configuration().stateDir()) : Optional.empty();
        return GatewayLook.at(target, holder, timeout, method);
    }

    GatewayClient connect(ConnectionOptions options, Duration timeout) {
        return new GatewayClient(target(options), timeout);
    }
}
