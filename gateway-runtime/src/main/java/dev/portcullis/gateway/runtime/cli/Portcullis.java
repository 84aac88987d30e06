package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code portcullis}, and the options that every command has. */
@Command(
        name = "portcullis",
        synopsisSubcommandLabel = "COMMAND",
        description = "A tool gateway: runs tools over HTTP, and only those that policy allows.",
        versionProvider = Version.class,
        footer = {
            "",
            "Exit codes:",
            "  0   done",
            "  1   failed: the gateway cannot be reached, or refused, or the tool failed",
            "  2   the command line is wrong",
            "  78  the configuration is wrong: nothing was started or changed",
            "",
            "Start with:  portcullis run",
        })
final class Portcullis implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON document instead of text; errors too.")
    boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Configuration file (.conf: HOCON; .json, .json5: JSON5).")
    @Nullable
    Path config;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where the gateway keeps token, sessions and audit (default: ~/.portcullis).")
    @Nullable
    Path stateDir;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    boolean version;

    Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    Optional<Path> stateDir() {
        return Optional.ofNullable(stateDir);
    }

    Output output() {
        CommandLine line = line();
        return new Output(line.getOut(), line.getErr(), json);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(line(), "A command is missing");
    }

    private CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("used outside of a command line");
        }
        return spec.root().commandLine();
    }
}
