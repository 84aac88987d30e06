package dev.portcullis.gateway.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis help tools explain} is {@code portcullis tools explain --help}. */
@Command(name = "help", description = "Show help, of a command if one is named.")
final class HelpCommand implements Runnable {
    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Words of the command.")
    List<String> words = new ArrayList<>();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("used outside of a command line");
        }
        CommandLine root = spec.root().commandLine();
        CommandLine command = root;
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw CliException.usage(
                        "There is no command \"" + Printable.line(String.join(" ", words)) + "\"; known: "
                                + String.join(", ", command.getSubcommands().keySet()));
            }
            command = next;
        }
        command.usage(root.getOut());
    }
}
