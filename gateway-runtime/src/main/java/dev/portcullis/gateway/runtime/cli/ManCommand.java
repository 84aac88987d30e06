package dev.portcullis.gateway.runtime.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portcullis man}. */
@Command(
        name = "man",
        description = "Print the manual page; share/man of the archive has it too.",
        footer = {"", "To read it:  portcullis man | man -l -"})
final class ManCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    private final CliContext context;

    ManCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("used outside of a command line");
        }
        context.output().line(new ManPage(spec.root()).text().strip());
        return ExitStatus.OK;
    }
}
