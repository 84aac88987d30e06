package dev.portcullis.gateway.runtime.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only gathers others, such as {@code tools}. */
@Command(synopsisSubcommandLabel = "COMMAND")
final class Group implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    static CommandLine of(String name, String description) {
        CommandLine line = new CommandLine(new Group());
        line.getCommandSpec().name(name).usageMessage().description(description);
        return line;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "\"" + spec.qualifiedName() + "\" needs one of: "
                            + String.join(", ", spec.subcommands().keySet()));
        }
    }
}
