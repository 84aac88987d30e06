package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code portcullis config validate}. */
@Command(
        name = "validate",
        description = "Check the configuration without starting anything, and report everything that is wrong.",
        footer = {"", "Exit code: 0 valid, 78 not."})
final class ConfigValidateCommand implements Callable<Integer> {
    private final CliContext context;

    ConfigValidateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ConfigAccess access = context.configuration();
        Output output = context.output();
        ConfigAccess.Reading reading = access.read();
        String name = access.file().map(Path::toString).orElse("built-in defaults (there is no configuration file)");
        if (output.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("valid", true);
            document.put("path", name);
            document.put("warnings", reading.warnings());
            output.document(document);
        } else {
            output.line("Config valid: " + name);
            reading.warnings().forEach(warning -> output.line("  warning: " + Printable.line(warning)));
        }
        return ExitStatus.OK;
    }
}
