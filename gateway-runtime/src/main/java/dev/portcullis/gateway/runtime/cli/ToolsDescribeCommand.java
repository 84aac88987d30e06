package dev.portcullis.gateway.runtime.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis tools describe}. */
@Command(name = "describe", description = "Show what a tool does and which arguments it takes.")
final class ToolsDescribeCommand extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the tool.")
    String name = "";

    ToolsDescribeCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        Object answer = gateway.fetchValue(API + "/tools/" + GatewayClient.encode(name), Map.of());
        if (output.json()) {
            output.document(answer);
            return ExitStatus.OK;
        }
        Fields tool = Fields.of(answer);
        String version = tool.text("pluginVersion");
        output.line(Printable.line(tool.text("name")));
        if (tool.has("description")) {
            output.lines(Printable.text(tool.text("description"))
                    .lines()
                    .map(line -> "  " + line)
                    .toList());
        }
        output.line("");
        output.line(Printable.line("Plugin:   " + tool.text("plugin") + (version.isEmpty() ? "" : " " + version)
                + (tool.flag("builtIn") ? ", built in" : "")));
        output.line(Printable.line("Timeout:  " + tool.text("timeoutMs") + " ms"));
        output.line("");
        output.lines(arguments(tool.object("inputSchema")));
        return ExitStatus.OK;
    }

    private static List<String> arguments(Fields schema) {
        List<String> required = schema.texts("required");
        TextTable table = new TextTable("ARGUMENT", "TYPE", "REQUIRED", "DESCRIPTION");
        if (schema.value("properties") instanceof Map<?, ?> properties) {
            properties.forEach((key, value) -> {
                Fields property = Fields.of(value);
                List<String> choices = property.texts("enum");
                table.row(
                        String.valueOf(key),
                        choices.isEmpty() ? type(property) : String.join("|", choices),
                        required.contains(String.valueOf(key)) ? "yes" : "no",
                        Shorten.to(property.text("description"), 80));
            });
        }
        return table.isEmpty() ? List.of("Takes no named arguments.") : table.lines();
    }

    private static String type(Fields property) {
        List<String> several = property.texts("type");
        if (!several.isEmpty()) {
            return String.join("|", several);
        }
        String one = property.text("type");
        return one.isEmpty() ? "any" : one;
    }
}
