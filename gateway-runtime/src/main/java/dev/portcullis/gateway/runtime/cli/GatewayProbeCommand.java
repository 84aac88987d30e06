package dev.portcullis.gateway.runtime.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis gateway probe}: whether a gateway is there, and what a credential is good for. */
@Command(
        name = "probe",
        description = "See whether a gateway answers, and what the credential may do.",
        footer = {"", "Exits with 1 only if no gateway is reached: a refused credential is an answer."})
final class GatewayProbeCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofMillis(250);

    @Option(
            names = "--timeout",
            paramLabel = "MS",
            defaultValue = "3000",
            description = "Time for all of it, in milliseconds (default: ${DEFAULT-VALUE}, at least 250).")
    long timeout;

    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    private final CliContext context;

    GatewayProbeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Duration patience = Timeout.ofMillis(timeout);
        GatewayTarget target = context.target(connection);
        ProbeReport report =
                ProbeReport.of(target, kind(target), patience.compareTo(SHORTEST) < 0 ? SHORTEST : patience);
        Output output = context.output();
        if (output.json()) {
            output.document(report.document());
        } else {
            output.lines(lines(report));
        }
        return report.reached() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private String kind(GatewayTarget target) {
        if (connection.url != null) {
            return "explicit";
        }
        return target.here() ? "localLoopback" : "configRemote";
    }

    private static List<String> lines(ProbeReport report) {
        return List.of(
                "Gateway Status",
                "Reachable: " + (report.reached() ? "yes" : "no"),
                "Capability: " + report.capability().replace('_', '-'),
                "Probe budget: " + report.budget().toMillis() + "ms",
                "",
                report.url() + (report.version().isEmpty() ? "" : "  version " + report.version()),
                "  Connect: " + (report.reached() ? "ok (" + report.latencyMs() + "ms)" : "failed - " + report.error())
                        + " · Read probe: " + readProbe(report));
    }

    private static String readProbe(ProbeReport report) {
        if (report.answered()) {
            return "ok";
        }
        return (report.scopeLimited() ? "limited" : "failed") + " - " + report.error();
    }
}
