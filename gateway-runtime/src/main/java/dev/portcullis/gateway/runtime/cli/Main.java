package dev.portcullis.gateway.runtime.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Entry point of {@code portcullis}. Runs no plugin code, except as the gateway itself ({@code run}). */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine(Surroundings.ofProcess(), ConfigFiles.locator(Surroundings.ofProcess()))
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(args));
    }

    static CommandLine commandLine(Surroundings surroundings, ConfigAccess.Locator locator) {
        Portcullis root = new Portcullis();
        CliContext context = new CliContext(root, surroundings, locator);
        CommandLine line = new CommandLine(root)
                .addSubcommand(new InvokeCommand(context))
                .addSubcommand(Group.of("tools", "Show tools, and explain what policy decides about them.")
                        .addSubcommand(new ToolsListCommand(context))
                        .addSubcommand(new ToolsDescribeCommand(context))
                        .addSubcommand(new ToolsExplainCommand(context)))
                .addSubcommand(Group.of("plugins", "Show plugins.")
                        .addSubcommand(new PluginsListCommand(context)))
                .addSubcommand(Group.of("sessions", "Show and create sessions.")
                        .addSubcommand(new SessionsListCommand(context))
                        .addSubcommand(new SessionsCreateCommand(context)))
                .addSubcommand(Group.of("config", "Show and check the configuration.")
                        .addSubcommand(new ConfigValidateCommand(context))
                        .addSubcommand(new ConfigGetCommand(context))
                        .addSubcommand(new ConfigFileCommand(context)))
                .addSubcommand(new CommandLine.HelpCommand());
        return Failures.handledBy(line);
    }
}
