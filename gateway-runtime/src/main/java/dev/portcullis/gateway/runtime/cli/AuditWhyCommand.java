package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis audit why}: what the caller of a 404 must not be told. */
@Command(
        name = "why",
        description = "Say why a past request ended as it did, and what would have to change.",
        footer = {
            "",
            "It answers from the record: the rules of that moment, not those of now. For those of now:",
            "  portcullis tools explain NAME"
        })
final class AuditWhyCommand extends AuditCommand {
    @Parameters(paramLabel = "INVOCATION", description = "What the answer said in its header x-portcullis-invocation.")
    String invocation = "";

    AuditWhyCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(Path file, Output output) {
        Map<String, Object> entry = find(file, invocation);
        Fields fields = Fields.of(entry);
        AuditReason reason = AuditReason.of(fields);
        if (output.json()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("invocation", invocation);
            document.put("outcome", fields.text("outcome"));
            document.put("step", reason.step());
            document.put("reason", reason.reason());
            document.put("change", reason.change());
            document.put("record", entry);
            output.document(document);
            return ExitStatus.OK;
        }
        output.line(Printable.line(invocation + " ended with " + fields.text("outcome") + " (" + fields.text("status")
                + ") at " + fields.text("time")));
        output.line(Printable.line("  asked by " + who(fields) + (fields.has("tool") ? " for " + what(fields) : "")));
        output.line("");
        output.line(Printable.line("Step:    " + reason.step()));
        output.line(Printable.line("Reason:  " + reason.reason()));
        if (!reason.change().isEmpty()) {
            output.line(Printable.line("Change:  " + reason.change()));
        }
        return ExitStatus.OK;
    }

    private static String who(Fields entry) {
        String client = entry.text("client");
        return entry.has("principal")
                ? entry.text("principal") + " (" + entry.text("method") + ") from " + client
                : "somebody at " + client;
    }

    private static String what(Fields entry) {
        return "tool " + entry.text("tool")
                + (entry.has("plugin") ? " of plugin " + entry.text("plugin") : "")
                + (entry.has("session") ? " in session " + entry.text("session") : "")
                + (entry.has("agent") ? ", agent " + entry.text("agent") : "")
                + (entry.has("channel") ? ", channel " + entry.text("channel") : "")
                + (entry.has("account") ? ", account " + entry.text("account") : "");
    }
}
