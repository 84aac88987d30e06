package dev.portcullis.gateway.runtime.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portcullis completion}. */
@Command(
        name = "completion",
        description = "Print the completion script for bash and zsh; share/completion of the archive has it too.",
        footer = {
            "",
            "bash:  source <(portcullis completion)",
            "zsh:   autoload -U +X compinit bashcompinit && compinit && bashcompinit; source <(portcullis completion)",
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    private final CliContext context;

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("used outside of a command line");
        }
        context.output()
                .line(AutoComplete.bash("portcullis", spec.root().commandLine()).strip());
        return ExitStatus.OK;
    }
}
