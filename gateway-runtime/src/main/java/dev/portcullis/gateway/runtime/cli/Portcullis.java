package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * The command {@code portcullis}, and the options that every command has. Described in calls and not in annotations, as
 * {@link RunCommand} is: reading annotations makes classes at run time, which every start would wait for.
 */
final class Portcullis implements Runnable {
    private final OptionSpec json = everywhere("--json")
            .type(boolean.class)
            .description("Print one JSON document instead of text; errors too.")
            .build();

    private final OptionSpec config = everywhere("--config")
            .paramLabel("FILE")
            .type(Path.class)
            .converters(Path::of)
            .description("Configuration file (.conf: HOCON; .json, .json5: JSON5).")
            .build();

    private final OptionSpec stateDir = everywhere("--state-dir")
            .paramLabel("DIR")
            .type(Path.class)
            .converters(Path::of)
            .description("Where the gateway keeps token, sessions and audit (default: ~/.portcullis).")
            .build();

    private final OptionSpec help = everywhere("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help.")
            .build();

    private final OptionSpec version = OptionSpec.builder("--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Print the version.")
            .build();

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this)
            .name("portcullis")
            .versionProvider(new Version())
            .addOption(json)
            .addOption(config)
            .addOption(stateDir)
            .addOption(help)
            .addOption(version);

    Portcullis() {
        spec.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .description("A tool gateway: runs tools over HTTP, and only those that policy allows.")
                .footer(
                        "",
                        "Exit codes:",
                        "  0   done",
                        "  1   failed: the gateway cannot be reached, or refused, or the tool failed",
                        "  2   the command line is wrong",
                        "  78  the configuration is wrong: nothing was started or changed",
                        "",
                        "Start with:  portcullis run");
    }

    private static OptionSpec.Builder everywhere(String... names) {
        return OptionSpec.builder(names).scopeType(ScopeType.INHERIT);
    }

    CommandSpec spec() {
        return spec;
    }

    Optional<Path> config() {
        return Optional.ofNullable(config.<@Nullable Path>getValue());
    }

    Optional<Path> stateDir() {
        return Optional.ofNullable(stateDir.<@Nullable Path>getValue());
    }

    Output output() {
        CommandLine line = line();
        return new Output(line.getOut(), line.getErr(), Boolean.TRUE.equals(json.<@Nullable Boolean>getValue()));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(line(), "A command is missing");
    }

    private CommandLine line() {
        return spec.commandLine();
    }
}
