package dev.portcullis.gateway.runtime.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis tools list}. */
@Command(name = "list", description = "Show the tools of the gateway: which can be reached, and what hides the others.")
final class ToolsListCommand extends ClientCommand {
    @Mixin
    final SessionOptions session = new SessionOptions();

    ToolsListCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        Object answer = gateway.fetchValue(API + "/tools", session.query());
        if (output.json()) {
            output.document(answer);
            return ExitStatus.OK;
        }
        TextTable visible = new TextTable("TOOL", "PLUGIN", "DESCRIPTION");
        TextTable hidden = new TextTable("HIDDEN TOOL", "PLUGIN", "BY", "BECAUSE");
        for (Fields tool : Fields.of(answer).objects("tools")) {
            if (tool.flag("allowed")) {
                visible.row(tool.text("name"), tool.text("plugin"), Shorten.to(tool.text("description"), 80));
            } else {
                hidden.row(tool.text("name"), tool.text("plugin"), tool.text("label"), tool.text("reason"));
            }
        }
        if (visible.isEmpty()) {
            output.line(hidden.isEmpty() ? "The gateway has no tools." : "No tool can be reached in this context.");
        } else {
            output.lines(visible.lines());
        }
        if (!hidden.isEmpty()) {
            output.line("");
            output.lines(hidden.lines());
            output.line("");
            output.line("To see what would show one:  portcullis tools explain NAME");
        }
        return ExitStatus.OK;
    }
}
