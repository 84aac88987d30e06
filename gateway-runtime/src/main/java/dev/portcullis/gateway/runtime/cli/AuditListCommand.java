package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis audit list}. */
@Command(
        name = "list",
        description = "Show the last requests that were recorded, the newest last.",
        footer = {"", "Example:  portcullis audit list --since 1h --failed"})
final class AuditListCommand extends AuditCommand {
    private static final int MOST = 100_000;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "50",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    int limit;

    @Mixin
    final AuditFilter filter = new AuditFilter();

    AuditListCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(Path file, Output output) {
        if (limit < 1 || limit > MOST) {
            throw CliException.usage("--limit is " + limit + ": it must be from 1 to " + MOST);
        }
        var wanted = filter.predicate(Instant.now());
        List<Map<String, Object>> records = reader(file).last(limit, wanted).reversed();
        if (output.json()) {
            output.document(Map.of("records", records));
        } else if (records.isEmpty()) {
            output.line("No such request is recorded in " + file + ".");
        } else {
            TextTable table = AuditRow.table();
            records.forEach(entry -> table.row(AuditRow.cells(Fields.of(entry))));
            output.lines(table.lines());
        }
        return ExitStatus.OK;
    }
}
