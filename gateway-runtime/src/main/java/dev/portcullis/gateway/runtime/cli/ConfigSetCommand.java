package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigEditException;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Change;
import dev.portcullis.gateway.runtime.config.ConfigRedaction;
import dev.portcullis.gateway.runtime.config.WrittenValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis config set}. */
@Command(
        name = "set",
        description =
                "Change values of the configuration file; all or none. Comments stay, what was there is kept as .bak.",
        footer = {
            "",
            "A value is JSON5, or else a text. Secrets: give \"-\" and type the value on standard input.",
            "",
            "Examples:  portcullis config set tools.allow '[session_status, my_tool]'",
            "           portcullis config set gateway.port 18790 gateway.bind lan",
            "           portcullis config set gateway.tools.deny[0] browser",
            "",
            "Exit code: 0 written, 1 not, 78 the result would not hold: nothing is changed.",
        })
final class ConfigSetCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATH VALUE",
            arity = "2..*",
            description = "What to set, and to what; as often as needed.")
    List<String> pairs = List.of();

    @Option(names = "--string", description = "Take the values as texts, whatever they look like.")
    boolean texts;

    @Mixin
    final DryRun dry = new DryRun();

    private final CliContext context;

    ConfigSetCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (pairs.size() % 2 != 0) {
            throw CliException.usage("Every path needs a value: there are " + pairs.size()
                    + " arguments, and the last one, \"" + Printable.line(pairs.getLast()) + "\", is alone");
        }
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            changes.add(new Change.Set(ConfigPath.parse(pairs.get(i)).steps(), value(pairs.get(i), pairs.get(i + 1))));
        }
        return new ConfigEditing(context, dry.wanted).make(changes, "Updated");
    }

    private Object value(String path, String written) {
        String text = written.equals("-") ? fromInput() : written;
        if (ConfigRedaction.standsForAValue(text)) {
            throw CliException.usage("The value for " + Printable.line(path)
                    + " is what is shown in place of a secret or of a value: give the value itself");
        }
        try {
            @Nullable Object value = texts ? text : WrittenValue.parse(text);
            if (value == null) {
                throw CliException.usage("null is no value of a configuration; to remove " + Printable.line(path)
                        + ", use: portcullis config unset " + Printable.line(path));
            }
            return value;
        } catch (ConfigEditException unreadable) {
            throw CliException.usage(Printable.line(path) + ": " + unreadable.getMessage());
        }
    }

    private String fromInput() {
        try {
            return new String(context.surroundings().input().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw CliException.failed("Standard input cannot be read: " + unreadable.getMessage());
        }
    }
}
