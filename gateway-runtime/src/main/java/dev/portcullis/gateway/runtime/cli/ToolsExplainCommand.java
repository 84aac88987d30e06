package dev.portcullis.gateway.runtime.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portcullis tools explain}: each step of the decision, and who decided. */
@Command(
        name = "explain",
        description = "Show step by step why a tool can or cannot be reached, and what would change that.",
        footer = {"", "The exit code is 0 for either answer; with --json, \"allowed\" says which."})
final class ToolsExplainCommand extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the tool, known or not.")
    String name = "";

    @Mixin
    final SessionOptions session = new SessionOptions();

    ToolsExplainCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        Object answer = gateway.fetchValue(API + "/tools/" + GatewayClient.encode(name) + "/decision", session.query());
        if (output.json()) {
            output.document(answer);
            return ExitStatus.OK;
        }
        Fields decision = Fields.of(answer);
        String tool = decision.text("tool");
        boolean exists = decision.flag("exists");
        if (!decision.flag("allowed")) {
            output.line(
                    Printable.line(tool + " is HIDDEN by " + decision.text("label") + ": " + decision.text("reason")));
        } else if (exists) {
            output.line(Printable.line(tool + " can be REACHED"));
        } else {
            output.line(
                    Printable.line(tool + " passes every step, but NO PLUGIN HAS IT: callers get a 404 all the same"));
        }
        Fields context = decision.object("context");
        output.line(Printable.line("  session " + context.text("sessionKey") + ", agent " + context.text("agentId")
                + (context.has("channel") ? ", channel " + context.text("channel") : "")
                + (context.has("accountId") ? ", account " + context.text("accountId") : "")
                + (exists ? ", plugin " + decision.text("plugin") : ", of no loaded plugin")));
        output.line("");
        TextTable steps = new TextTable("STEP", "DECIDED BY", "ANSWER", "WHY");
        for (Fields step : decision.objects("steps")) {
            steps.row(step.text("step"), step.text("label"), step.text("opinion"), step.text("text"));
        }
        output.lines(steps.lines());
        if (!decision.texts("changes").isEmpty()) {
            output.line("");
            output.line("To show it:");
            decision.texts("changes").forEach(change -> output.line("  " + Printable.line(change)));
        }
        return ExitStatus.OK;
    }
}
