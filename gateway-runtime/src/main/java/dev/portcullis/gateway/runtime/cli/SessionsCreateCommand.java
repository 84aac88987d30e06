package dev.portcullis.gateway.runtime.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis sessions create}. */
@Command(name = "create", description = "Create a session, so that tools can work in it.")
final class SessionsCreateCommand extends ClientCommand {
    @Parameters(paramLabel = "KEY", description = "Session key, such as main, or agent:ops:nightly.")
    String key = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What to call it.")
    @Nullable
    String label;

    @Option(names = "--parent", paramLabel = "KEY", description = "Session that it is a child of.")
    @Nullable
    String parent;

    SessionsCreateCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", key);
        if (label != null) {
            body.put("label", label);
        }
        if (parent != null) {
            body.put("parent", parent);
        }
        Object answer = gateway.accepted(gateway.post(API + "/sessions", body, Map.of()));
        if (output.json()) {
            output.document(answer);
        } else {
            Fields document = Fields.of(answer);
            String canonical = Printable.line(document.object("session").text("key"));
            output.line((document.flag("created") ? "Created session " : "Session exists already: ") + canonical);
        }
        return ExitStatus.OK;
    }
}
