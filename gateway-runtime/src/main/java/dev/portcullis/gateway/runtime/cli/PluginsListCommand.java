package dev.portcullis.gateway.runtime.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code portcullis plugins list}. */
@Command(
        name = "list",
        description = "Show the plugins of the gateway, and what is wrong with those it could not load.")
final class PluginsListCommand extends ClientCommand {
    PluginsListCommand(CliContext context) {
        super(context);
    }

    @Override
    int run(GatewayClient gateway, Output output) {
        Object answer = gateway.fetchValue(API + "/plugins", Map.of());
        if (output.json()) {
            output.document(answer);
            return ExitStatus.OK;
        }
        Fields document = Fields.of(answer);
        TextTable table = new TextTable("PLUGIN", "VERSION", "STATUS", "PROVIDES", "SOURCE");
        for (Fields plugin : document.objects("plugins")) {
            table.row(
                    plugin.text("name"),
                    plugin.text("version"),
                    plugin.text("status"),
                    provides(plugin),
                    plugin.text("source"));
        }
        output.lines(table.isEmpty() ? List.of("The gateway has no plugins.") : table.lines());
        for (Fields plugin : document.objects("plugins")) {
            if (plugin.has("problem")) {
                output.line("");
                output.line(Printable.line(plugin.text("name") + ": " + plugin.text("problem")));
            }
        }
        List<String> warnings = warnings(document);
        if (!warnings.isEmpty()) {
            output.line("");
            warnings.forEach(warning -> output.line("warning: " + Printable.line(warning)));
        }
        return ExitStatus.OK;
    }

    /** Each once: what lingers of a plugin is said of it and of the whole. */
    private static List<String> warnings(Fields document) {
        Set<String> all = new LinkedHashSet<>();
        for (Fields plugin : document.objects("plugins")) {
            plugin.texts("warnings").forEach(text -> all.add(plugin.text("name") + ": " + text));
        }
        List<String> said = document.texts("warnings");
        all.removeIf(text -> said.stream().anyMatch(text::endsWith));
        all.addAll(said);
        return List.copyOf(all);
    }

    private static String provides(Fields plugin) {
        List<String> kinds = plugin.texts("provides");
        List<String> tools = plugin.texts("tools");
        if (tools.isEmpty()) {
            return String.join(", ", kinds);
        }
        return String.join(", ", tools)
                + (kinds.stream().anyMatch(kind -> !kind.equals("tools"))
                        ? " + "
                                + String.join(
                                        ", ",
                                        kinds.stream()
                                                .filter(kind -> !kind.equals("tools"))
                                                .toList())
                        : "");
    }
}
