package dev.portcullis.gateway.runtime.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis invoke}: {@code POST /tools/invoke}. */
@Command(
        name = "invoke",
        description = "Run a tool through the gateway.",
        footer = {
            "",
            "Prints the text of the result; with --json the gateway's answer as it is, errors too.",
            "Example:  portcullis invoke word_count --arg text='to be or not to be'",
        })
final class InvokeCommand extends ClientCommand {
    @Parameters(paramLabel = "TOOL", description = "Name of the tool.")
    String tool = "";

    @Option(
            names = "--args",
            paramLabel = "JSON",
            description = "Arguments as a JSON object; - reads them from standard input.")
    String object = "";

    @Option(
            names = "--arg",
            paramLabel = "NAME=VALUE",
            description = "One argument; wins over --args. The value is JSON if it parses as JSON, otherwise text: "
                    + "n=5 is a number, n='\"5\"' is text.")
    List<String> pairs = new ArrayList<>();

    @Option(names = "--action", paramLabel = "ACTION", description = "Action, for tools that have several.")
    @Nullable
    String action;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait for the result (default: ${DEFAULT-VALUE}).")
    long seconds;

    @Mixin
    final SessionOptions session = new SessionOptions();

    InvokeCommand(CliContext context) {
        super(context);
    }

    @Override
    Duration timeout() {
        if (seconds < 1) {
            throw CliException.usage("--timeout is " + seconds + ": it must be at least 1 second");
        }
        return Duration.ofSeconds(seconds);
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        GatewayClient.Reply reply = gateway.post("/tools/invoke", body(), session.headers());
        if (output.json()) {
            output.document(reply.body());
            return reply.ok() ? ExitStatus.OK : ExitStatus.FAILED;
        }
        if (reply.status() == 404) {
            throw CliException.failed(
                    "Tool \"" + tool + "\" is not available here (HTTP 404): the gateway does not have it, "
                            + "or policy hides it; \"portcullis tools explain " + tool + "\" says which");
        }
        if (reply.status() == 400 || reply.status() >= 500) {
            throw CliException.failed("Tool \"" + tool + "\" did not run to its end (HTTP " + reply.status() + "): "
                    + Printable.line(Refusals.message(reply.body())));
        }
        output.lines(ResultText.lines(Fields.of(gateway.accepted(reply)).value("result")));
        return ExitStatus.OK;
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("tool", tool);
        body.put("args", ArgumentPairs.merge("-".equals(object) ? standardInput() : object, pairs));
        if (action != null) {
            body.put("action", action);
        }
        body.putAll(session.body());
        return body;
    }

    private String standardInput() {
        try {
            return new String(context().surroundings().input().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CliException.failed("Cannot read the arguments from standard input ("
                    + e.getClass().getSimpleName() + ")");
        }
    }
}
