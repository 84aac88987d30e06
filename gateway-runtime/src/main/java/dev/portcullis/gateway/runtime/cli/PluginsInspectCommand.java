package dev.portcullis.gateway.runtime.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins inspect}. */
@Command(name = "inspect", description = "Show all that the gateway knows about a plugin.")
final class PluginsInspectCommand extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "File name, module name, or name of a provider.")
    String name = "";

    PluginsInspectCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        Object answer = gateway.fetchValue(API + "/plugins/" + GatewayClient.encode(name), Map.of());
        if (output.json()) {
            output.document(answer);
            return ExitStatus.OK;
        }
        Fields plugin = Fields.of(answer);
        output.line(Printable.line(plugin.text("name") + ", " + plugin.text("status")));
        for (String[] field : new String[][] {
            {"Source", "source"},
            {"Version", "version"},
            {"API", "apiVersion"},
            {"SHA-256", "sha256"},
            {"Module", "module"},
            {"Generation", "generation"},
            {"Loaded as", "kind"},
            {"Problem", "problem"}
        }) {
            if (plugin.has(field[1])) {
                output.line(Printable.line("  " + field[0] + ": " + plugin.text(field[1])));
            }
        }
        list(output, "Provides", plugin.texts("provides"));
        list(output, "Lent to its tools", plugin.texts("services"));
        list(output, "Unused keys", plugin.texts("unusedKeys"));
        list(output, "Warnings", plugin.texts("warnings"));
        TextTable modules = new TextTable("MODULE", "VERSION", "READS");
        plugin.objects("modules")
                .forEach(module -> modules.row(
                        module.text("name"), module.text("version"), String.join(", ", module.texts("reads"))));
        TextTable tools = new TextTable("TOOL", "DESCRIPTION", "INPUT");
        plugin.objects("tools")
                .forEach(tool -> tools.row(
                        tool.text("name"),
                        Shorten.to(tool.text("description"), 80),
                        Json.line(tool.value("inputSchema"))));
        for (TextTable table : List.of(modules, tools)) {
            if (!table.isEmpty()) {
                output.line("");
                output.lines(table.lines());
            }
        }
        return ExitStatus.OK;
    }

    private static void list(Output output, String title, List<String> texts) {
        if (!texts.isEmpty()) {
            output.line(Printable.line("  " + title + ": " + String.join("; ", texts)));
        }
    }
}
