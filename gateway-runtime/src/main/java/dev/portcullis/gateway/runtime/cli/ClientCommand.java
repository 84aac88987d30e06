package dev.portcullis.gateway.runtime.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks a running gateway. */
abstract class ClientCommand implements Callable<Integer> {
    static final String API = "/portcullis/v1";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    private final CliContext context;

    ClientCommand(CliContext context) {
        this.context = context;
    }

    final CliContext context() {
        return context;
    }

    /** How long the gateway has for its answer. */
    Duration timeout() {
        return TIMEOUT;
    }

    @Override
    public final Integer call() {
        try (GatewayClient gateway = context.connect(connection, timeout())) {
            return run(gateway, context.output());
        }
    }

    abstract int run(GatewayClient gateway, Output output);
}
