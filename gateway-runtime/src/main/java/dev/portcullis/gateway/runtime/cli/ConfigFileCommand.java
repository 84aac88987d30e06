package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code portcullis config file}. */
@Command(name = "file", description = "Print the configuration file that is used.")
final class ConfigFileCommand implements Callable<Integer> {
    private final CliContext context;

    ConfigFileCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ConfigAccess access = context.configuration();
        Output output = context.output();
        Optional<Path> file = access.file();
        if (output.json()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("path", file.map(Path::toString).orElse(null));
            document.put("chosenBy", access.chosenBy());
            document.put("stateDir", access.stateDir().toString());
            output.document(document);
            return file.isPresent() ? ExitStatus.OK : ExitStatus.FAILED;
        }
        if (file.isEmpty()) {
            throw CliException.failed("There is no configuration file, so the built-in defaults hold: write "
                    + access.stateDir().resolve("gateway.conf") + ", or name one with --config");
        }
        output.line(file.get().toString());
        return ExitStatus.OK;
    }
}
