package dev.portcullis.gateway.runtime.cli;

import picocli.CommandLine;

/** The tree of commands. */
final class Commands {
    private Commands() {}

    static CommandLine line(
            Surroundings surroundings,
            ConfigAccess.Locator locator,
            GatewayProcess.Starter starter,
            RunCommand.Host host) {
        Portcullis root = new Portcullis();
        CliContext context = new CliContext(root, surroundings, locator);
        CommandLine line = new CommandLine(root)
                .addSubcommand(new RunCommand(context, starter, host))
                .addSubcommand(Group.of(
                                "gateway",
                                "Run the gateway, install it as a service, probe one, call one over its WebSocket.")
                        .addSubcommand(new RunCommand(context, starter, host))
                        .addSubcommand(new GatewayInstallCommand(context))
                        .addSubcommand(new GatewayProbeCommand(context))
                        .addSubcommand(new GatewayCallCommand(context))
                        .addSubcommand(new HealthCommand(context))
                        .addSubcommand(new StatusCommand(context)))
                .addSubcommand(new HealthCommand(context))
                .addSubcommand(new StatusCommand(context))
                .addSubcommand(new DoctorCommand(context))
                .addSubcommand(new InvokeCommand(context))
                .addSubcommand(Group.of("tools", "Show tools, and explain what policy decides about them.")
                        .addSubcommand(new ToolsListCommand(context))
                        .addSubcommand(new ToolsDescribeCommand(context))
                        .addSubcommand(new ToolsExplainCommand(context)))
                .addSubcommand(Group.of("plugins", "Show, make, check, install, reload and sign plugins.")
                        .addSubcommand(new PluginsListCommand(context))
                        .addSubcommand(new PluginsInspectCommand(context))
                        .addSubcommand(new PluginsNewCommand(context))
                        .addSubcommand(new PluginsVerifyCommand(context))
                        .addSubcommand(new PluginsInstallCommand(context))
                        .addSubcommand(new PluginsRemoveCommand(context))
                        .addSubcommand(new PluginsEnableCommand(context))
                        .addSubcommand(new PluginsDisableCommand(context))
                        .addSubcommand(new PluginsReloadCommand(context))
                        .addSubcommand(new PluginsKeygenCommand(context))
                        .addSubcommand(new PluginsSignCommand(context)))
                .addSubcommand(Group.of("sessions", "Show and create sessions.")
                        .addSubcommand(new SessionsListCommand(context))
                        .addSubcommand(new SessionsCreateCommand(context)))
                .addSubcommand(
                        Group.of("audit", "Show what was recorded of past requests, and why they ended as they did.")
                                .addSubcommand(new AuditListCommand(context))
                                .addSubcommand(new AuditShowCommand(context))
                                .addSubcommand(new AuditFollowCommand(context))
                                .addSubcommand(new AuditWhyCommand(context)))
                .addSubcommand(Group.of("config", "Show, change, check and reload the configuration.")
                        .addSubcommand(new ConfigValidateCommand(context))
                        .addSubcommand(new ConfigGetCommand(context))
                        .addSubcommand(new ConfigSetCommand(context))
                        .addSubcommand(new ConfigUnsetCommand(context))
                        .addSubcommand(new ConfigRestoreCommand(context))
                        .addSubcommand(new ConfigFileCommand(context))
                        .addSubcommand(new ConfigSchemaCommand(context))
                        .addSubcommand(new ConfigReloadCommand(context)))
                .addSubcommand(Group.of("security", "Examine how safe this gateway is.")
                        .addSubcommand(new SecurityAuditCommand(context)))
                .addSubcommand(new CompletionCommand(context))
                .addSubcommand(new ManCommand(context))
                .addSubcommand(new WarmCommand(context, Distribution.home()))
                .addSubcommand(new HelpCommand());
        return Failures.handledBy(line);
    }
}
