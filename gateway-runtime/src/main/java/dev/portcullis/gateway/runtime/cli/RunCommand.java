package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment.Overrides;
import dev.portcullis.gateway.runtime.config.LoggingConfig;
import dev.portcullis.gateway.runtime.config.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code portcullis run}: the gateway itself, in this process, until it is asked to stop. */
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

    private final OptionSpec port = OptionSpec.builder("--port")
            .paramLabel("PORT")
            .type(Integer.class)
            .description("Port to listen on; 0 picks a free one.")
            .build();

    private final OptionSpec bind = text("--bind", "MODE", "loopback, lan, tailnet, auto or custom.");

    private final OptionSpec auth = text("--auth", "MODE", "token, password, none or trusted-proxy.");

    private final OptionSpec token = text(
            "--token",
            "TOKEN",
            "Token for this run, which other users may see in the list of processes;"
                    + " - reads it from standard input.");

    private final OptionSpec tokenFile = file("--token-file", "File that holds the token for this run.");

    private final OptionSpec password = text("--password", "PASSWORD", "Password for this run; the same holds.");

    private final OptionSpec passwordFile = file("--password-file", "File that holds the password for this run.");

    private final OptionSpec allowUnconfigured = OptionSpec.builder("--allow-unconfigured")
            .type(boolean.class)
            .description("Start although there is no configuration file.")
            .build();

    private final CliContext context;
    private final GatewayProcess.Starter starter;
    private final Host host;

    RunCommand(CliContext context, GatewayProcess.Starter starter, Host host) {
        this.context = context;
        this.starter = starter;
        this.host = host;
    }

    private static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    private static OptionSpec file(String name, String description) {
        return OptionSpec.builder(name)
                .paramLabel("FILE")
                .type(Path.class)
                .converters(Path::of)
                .description(description)
                .build();
    }

    CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this)
                .name("run")
                .addOption(port)
                .addOption(bind)
                .addOption(auth)
                .addOption(token)
                .addOption(tokenFile)
                .addOption(password)
                .addOption(passwordFile)
                .addOption(allowUnconfigured);
        spec.usageMessage()
                .description("Start the gateway and serve until SIGTERM or SIGINT; running tools may end first."
                        + " SIGHUP lets it read configuration and plugins again.")
                .footer(
                        "",
                        "Exit code: 0 stopped when asked to, 1 could not start or go on, 78 the configuration is wrong.",
                        "With --json, one line of JSON says that it serves.");
        return spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        Overrides overrides = overrides();
        starter.prepare();
        host.log(context.configuration(overrides).read().config().logging());
        GatewayProcess gateway = starter.start(new GatewayProcess.Settings(
                context.root().config(), context.root().stateDir(), overrides));
        host.onStop(gateway::close);
        host.onReload(gateway::reload);
        host.serving();
        announce(new StartScreen(gateway.report()), context.output());
        return gateway.awaitStop() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static void announce(StartScreen screen, Output output) {
        if (output.json()) {
            output.line(Json.line(screen.document()));
        } else {
            output.lines(screen.lines());
        }
    }

    private Overrides overrides() {
        Integer chosen = port.<@Nullable Integer>getValue();
        if (chosen != null && (chosen < 0 || chosen > 65535)) {
            throw CliException.usage("--port is " + chosen + ", which is not a port: use 0 to 65535");
        }
        return new Overrides(
                chosen == null ? OptionalInt.empty() : OptionalInt.of(chosen),
                text(bind),
                text(auth),
                secret(SecretOption.TOKEN, token, tokenFile),
                secret(SecretOption.PASSWORD, password, passwordFile),
                Boolean.TRUE.equals(allowUnconfigured.<@Nullable Boolean>getValue()));
    }

    private static Optional<String> text(OptionSpec option) {
        return Optional.ofNullable(option.<@Nullable String>getValue());
    }

    private Optional<Secret> secret(SecretOption kind, OptionSpec value, OptionSpec file) {
        return kind.read(value.<@Nullable String>getValue(), file.<@Nullable Path>getValue(), context.surroundings());
    }
}
