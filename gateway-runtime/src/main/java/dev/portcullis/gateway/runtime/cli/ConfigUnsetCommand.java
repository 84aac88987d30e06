package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Change;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portcullis config unset}. */
@Command(
        name = "unset",
        description = "Remove values of the configuration file, so that their defaults hold; all or none.",
        footer = {"", "Exit code: 0 written, 1 not, 78 the result would not hold: nothing is changed."})
final class ConfigUnsetCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Names joined by dots; [0] for a place in a list.")
    List<String> paths = List.of();

    @Mixin
    final DryRun dry = new DryRun();

    private final CliContext context;

    ConfigUnsetCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<Change> changes = paths.stream()
                .<Change>map(path -> new Change.Unset(ConfigPath.parse(path).steps()))
                .toList();
        return new ConfigEditing(context, dry.wanted).make(changes, "Removed");
    }
}
