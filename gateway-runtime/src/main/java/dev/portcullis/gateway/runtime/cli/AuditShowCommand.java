package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis audit show}. */
@Command(name = "show", description = "Show everything that was recorded of one request.")
final class AuditShowCommand extends AuditCommand {
    @Parameters(paramLabel = "INVOCATION", description = "What the answer said in its header x-portcullis-invocation.")
    String invocation = "";

    AuditShowCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(Path file, Output output) {
        Map<String, Object> entry = find(file, invocation);
        if (output.json()) {
            output.document(entry);
        } else {
            TextTable table = new TextTable("FIELD", "VALUE");
            entry.forEach((name, value) -> table.row(name, String.valueOf(value)));
            output.lines(table.lines());
        }
        return ExitStatus.OK;
    }
}
