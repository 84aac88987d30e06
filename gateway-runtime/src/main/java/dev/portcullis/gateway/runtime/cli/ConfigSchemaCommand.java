package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code portcullis config schema}. */
@Command(
        name = "schema",
        description =
                "Print the JSON Schema of the configuration, for editors; conf/portcullis.schema.json is the same.")
final class ConfigSchemaCommand implements Callable<Integer> {
    private final CliContext context;

    ConfigSchemaCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.output().line(ConfigSchema.text().strip());
        return ExitStatus.OK;
    }
}
