package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
        List<String> candidates =
                access.candidates().stream().map(Path::toString).toList();
        if (output.json()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("path", file.map(Path::toString).orElse(null));
            document.put("candidates", candidates);
            document.put("stateDir", access.stateDir().toString());
            output.document(document);
            return file.isPresent() ? ExitStatus.OK : ExitStatus.FAILED;
        }
        if (file.isEmpty()) {
            throw CliException.withDetails(
                    ExitStatus.FAILED,
                    "There is no configuration file, so the built-in defaults hold; looked at:",
                    candidates);
        }
        output.line(file.get().toString());
        return ExitStatus.OK;
    }
}
