package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.operate.PluginFileReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** A command that works on plugins' files; no gateway has to run, and no plugin's code does. */
abstract class PluginFileCommand implements Callable<Integer> {
    private final CliContext context;

    PluginFileCommand(CliContext context) {
        this.context = context;
    }

    final GatewayConfig config() {
        return context.configuration().read().config();
    }

    final Path stateDirectory() {
        return context.configuration().stateDir();
    }

    abstract PluginFileReport work();

    @Override
    public final Integer call() {
        PluginFileReport report = work();
        Output output = context.output();
        if (output.json() && !report.document().isEmpty()) {
            output.document(report.document());
            return report.done() ? ExitStatus.OK : ExitStatus.FAILED;
        }
        if (!report.done()) {
            throw CliException.withDetails(ExitStatus.FAILED, report.said(), report.details());
        }
        output.line(Printable.line(report.said()));
        report.details().forEach(detail -> output.line("  " + Printable.line(detail)));
        return ExitStatus.OK;
    }
}
