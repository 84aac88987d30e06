package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment.Overrides;
import dev.portcullis.gateway.runtime.config.LoggingConfig;
import dev.portcullis.gateway.runtime.config.Secret;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code portcullis run}: the gateway itself, in this process, until it is asked to stop. */
@Command(
        name = "run",
        description = "Start the gateway and serve until SIGTERM or SIGINT; running tools may end first."
                + " SIGHUP lets it read configuration and plugins again.",
        footer = {
            "",
            "Exit code: 0 stopped when asked to, 1 could not start, 78 the configuration is wrong.",
            "With --json, one line of JSON says that it serves.",
        })
final class RunCommand implements Callable<Integer> {
    /** What the process has to do for a gateway that runs in it. */
    interface Host {
        void log(LoggingConfig config);

        /** Calls it when the process is asked to stop. */
        void onStop(Runnable stop);

        /** Calls it whenever the process is asked to read its files again. */
        void onReload(Runnable reload);

        /** From now on a gateway serves, busy or idle. */
        void serving();
    }

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; 0 picks a free one.")
    @Nullable
    Integer port;

    @Option(names = "--bind", paramLabel = "MODE", description = "loopback, lan, tailnet, auto or custom.")
    @Nullable
    String bind;

    @Option(names = "--auth", paramLabel = "MODE", description = "token, password, none or trusted-proxy.")
    @Nullable
    String auth;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Token for this run; other users may see it in the list of processes.")
    @Nullable
    String token;

    @Option(names = "--password", paramLabel = "PASSWORD", description = "Password for this run; the same holds.")
    @Nullable
    String password;

    @Option(names = "--allow-unconfigured", description = "Start although there is no configuration file.")
    boolean allowUnconfigured;

    private final CliContext context;
    private final GatewayProcess.Starter starter;
    private final Host host;

    RunCommand(CliContext context, GatewayProcess.Starter starter, Host host) {
        this.context = context;
        this.starter = starter;
        this.host = host;
    }

    @Override
    public Integer call() throws InterruptedException {
        Overrides overrides = overrides();
        host.log(context.configuration(overrides).read().config().logging());
        GatewayProcess gateway = starter.start(new GatewayProcess.Settings(
                context.root().config(), context.root().stateDir(), overrides));
        host.onStop(gateway::close);
        host.onReload(gateway::reload);
        host.serving();
        announce(new StartScreen(gateway.report()), context.output());
        gateway.awaitStop();
        return ExitStatus.OK;
    }

    private static void announce(StartScreen screen, Output output) {
        if (output.json()) {
            output.line(Json.line(screen.document()));
        } else {
            output.lines(screen.lines());
        }
    }

    private Overrides overrides() {
        if (port != null && (port < 0 || port > 65535)) {
            throw CliException.usage("--port is " + port + ", which is not a port: use 0 to 65535");
        }
        return new Overrides(
                port == null ? OptionalInt.empty() : OptionalInt.of(port),
                Optional.ofNullable(bind),
                Optional.ofNullable(auth),
                secret(token),
                secret(password),
                allowUnconfigured);
    }

    private static Optional<Secret> secret(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(Secret::new);
    }
}
