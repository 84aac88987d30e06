package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigDocument;
import dev.portcullis.gateway.runtime.config.ConfigRedaction;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis config get}. */
@Command(
        name = "get",
        description = {
            "Print a value of the configuration file, or all of it; secrets are hidden.",
            "Of what only a plugin or another gateway understands, the type is shown."
        },
        footer = {"", "Example:  portcullis config get gateway.tools.deny[0]"})
final class ConfigGetCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "0..1", description = "Names joined by dots; [0] for a place in a list.")
    @Nullable
    String path;

    @Option(
            names = "--values",
            description =
                    "Show values that only plugins or another gateway understand, too. Some of them may be secrets.")
    boolean values;

    private final CliContext context;

    ConfigGetCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        GatewayConfig config = context.configurationOfClient().read().config();
        ConfigDocument document = config.document();
        Object value = values ? ConfigRedaction.redactSecrets(config) : ConfigRedaction.redact(config);
        if (path != null) {
            ConfigPath where = ConfigPath.parse(path);
            value = where.find(value).orElseThrow(() -> absent(document, where)).value();
        }
        Output output = context.output();
        if (output.json()) {
            output.document(value);
        } else if (value instanceof Map || value instanceof List) {
            output.line(Printable.text(Json.pretty(value)));
        } else {
            output.line(Printable.text(String.valueOf(value)));
        }
        return ExitStatus.OK;
    }

    private static CliException absent(ConfigDocument document, ConfigPath path) {
        return CliException.failed("\"" + path + "\" is not set in " + document.name() + ", so its default holds"
                + path.nearest(document.root())
                        .map(known -> ": did you mean \"" + known + "\"?")
                        .orElse(""));
    }
}
