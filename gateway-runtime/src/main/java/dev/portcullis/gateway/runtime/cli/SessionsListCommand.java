package dev.portcullis.gateway.runtime.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** {@code portcullis sessions list}. */
@Command(name = "list", description = "Show the sessions the gateway knows, the latest first.")
final class SessionsListCommand extends ClientCommand {
    SessionsListCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        Object answer = gateway.fetchValue(API + "/sessions", Map.of());
        if (output.json()) {
            output.document(answer);
            return ExitStatus.OK;
        }
        TextTable table = new TextTable("SESSION", "AGENT", "LABEL", "PARENT", "LAST ACTIVITY", "MESSAGES");
        for (Fields session : Fields.of(answer).objects("sessions")) {
            table.row(
                    session.text("key"),
                    session.text("agentId"),
                    session.text("label"),
                    session.text("parentKey"),
                    session.text("lastActivityAt"),
                    session.text("messageCount"));
        }
        if (table.isEmpty()) {
            output.line("There are no sessions yet. Create one:  portcullis sessions create KEY");
        } else {
            output.lines(table.lines());
        }
        return ExitStatus.OK;
    }
}
