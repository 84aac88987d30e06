package dev.portcullis.gateway.runtime.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis status}: what is configured here, and what runs. Useful also when nothing does. */
@Command(
        name = "status",
        description = "Show which configuration is used here, and how the gateway that should serve it is.",
        footer = {
            "",
            "Exit codes: 0 whatever the state of the gateway; with --require-rpc 1 unless it serves this credential;",
            "2 wrong options."
        })
final class StatusCommand implements Callable<Integer> {
    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--timeout",
            paramLabel = "MS",
            defaultValue = "5000",
            description = "How long an answer may take, in milliseconds (default: ${DEFAULT-VALUE}).")
    long timeout;

    @Option(names = "--require-rpc", description = "Exit with 1 unless the gateway serves this credential.")
    boolean required;

    private final CliContext context;

    StatusCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Duration patience = Timeout.ofMillis(timeout);
        @Nullable GatewayLook look = null;
        String unknown = "";
        try {
            look = context.look(connection, patience, "status");
        } catch (CliException noTarget) {
            if (noTarget.status() == ExitStatus.USAGE && connection.given()) {
                throw noTarget;
            }
            unknown = String.valueOf(noTarget.getMessage());
        }
        StatusReport report = StatusReport.of(context.configuration(), look, unknown, connection.url != null);
        Output output = context.output();
        if (output.json()) {
            output.document(StatusDocument.of(report));
        } else {
            output.lines(StatusText.lines(report));
        }
        return required && !report.well() ? ExitStatus.FAILED : ExitStatus.OK;
    }
}
