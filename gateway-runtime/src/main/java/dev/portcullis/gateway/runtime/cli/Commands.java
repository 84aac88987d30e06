package dev.portcullis.gateway.runtime.cli;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The tree of commands. */
final class Commands {
    /** What shows all commands. */
    private static final Set<String> WHOLE = Set.of("help", "completion", "man", "--help", "-h");

    private final Portcullis root = new Portcullis();
    private final CliContext context;
    private final GatewayProcess.Starter starter;
    private final RunCommand.Host host;

    private Commands(
            Surroundings surroundings,
            ConfigAccess.Locator locator,
            GatewayProcess.Starter starter,
            RunCommand.Host host) {
        this.context = new CliContext(root, surroundings, locator);
        this.starter = starter;
        this.host = host;
    }

    /** All of them. */
    static CommandLine line(
            Surroundings surroundings,
            ConfigAccess.Locator locator,
            GatewayProcess.Starter starter,
            RunCommand.Host host) {
        Commands commands = new Commands(surroundings, locator, starter, host);
        return commands.line(commands.byName().keySet());
    }

    /**
     * Those that the arguments name, where that makes no difference; else all of them. Forty commands take longer to describe
     * than one gateway to start.
     */
    static CommandLine line(
            List<String> args,
            Surroundings surroundings,
            ConfigAccess.Locator locator,
            GatewayProcess.Starter starter,
            RunCommand.Host host) {
        Commands commands = new Commands(surroundings, locator, starter, host);
        Set<String> named = new TreeSet<>(commands.byName().keySet());
        named.retainAll(args);
        if (!named.isEmpty() && Collections.disjoint(args, WHOLE)) {
            CommandLine few = commands.line(named);
            if (understands(few, args)) {
                return few;
            }
        }
        return line(surroundings, locator, starter, host);
    }

    /** What is wrong is said by the whole tree, which knows what else could have been meant. */
    private static boolean understands(CommandLine line, List<String> args) {
        try {
            line.parseArgs(args.toArray(String[]::new));
            return true;
        } catch (ParameterException wrong) {
            return false;
        }
    }

    private CommandLine line(Collection<String> names) {
        CommandLine line = new CommandLine(root.spec());
        byName().forEach((name, command) -> {
            if (names.contains(name)) {
                line.addSubcommand(name, command.get());
            }
        });
        return Failures.handledBy(line);
    }

    private Map<String, Supplier<Object>> byName() {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("run", () -> new RunCommand(context, starter, host).spec());
        all.put("gateway", this::gateway);
        all.put("health", () -> new HealthCommand(context));
        all.put("status", () -> new StatusCommand(context));
        all.put("doctor", () -> new DoctorCommand(context));
        all.put("invoke", () -> new InvokeCommand(context));
        all.put("tools", this::tools);
        all.put("plugins", this::plugins);
        all.put("sessions", this::sessions);
        all.put("audit", this::audit);
        all.put("config", this::config);
        all.put("security", this::security);
        all.put("completion", () -> new CompletionCommand(context));
        all.put("man", () -> new ManCommand(context));
        all.put("warm", () -> new WarmCommand(context, Distribution.home()));
        all.put("help", HelpCommand::new);
        return all;
    }

    private CommandLine gateway() {
        return Group.of("gateway", "Run the gateway, install it as a service, probe one, call one over its WebSocket.")
                .addSubcommand(new RunCommand(context, starter, host).spec())
                .addSubcommand(new GatewayInstallCommand(context))
                .addSubcommand(new GatewayProbeCommand(context))
                .addSubcommand(new GatewayCallCommand(context))
                .addSubcommand(new HealthCommand(context))
                .addSubcommand(new StatusCommand(context));
    }

    private CommandLine tools() {
        return Group.of("tools", "Show tools, and explain what policy decides about them.")
                .addSubcommand(new ToolsListCommand(context))
                .addSubcommand(new ToolsDescribeCommand(context))
                .addSubcommand(new ToolsExplainCommand(context));
    }

    private CommandLine plugins() {
        return Group.of("plugins", "Show, make, check, install, reload and sign plugins.")
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
                .addSubcommand(new PluginsSignCommand(context));
    }

    private CommandLine sessions() {
        return Group.of("sessions", "Show and create sessions.")
                .addSubcommand(new SessionsListCommand(context))
                .addSubcommand(new SessionsCreateCommand(context));
    }

    private CommandLine audit() {
        return Group.of("audit", "Show what was recorded of past requests, and why they ended as they did.")
                .addSubcommand(new AuditListCommand(context))
                .addSubcommand(new AuditShowCommand(context))
                .addSubcommand(new AuditFollowCommand(context))
                .addSubcommand(new AuditWhyCommand(context));
    }

    private CommandLine config() {
        return Group.of("config", "Show, change, check and reload the configuration.")
                .addSubcommand(new ConfigValidateCommand(context))
                .addSubcommand(new ConfigGetCommand(context))
                .addSubcommand(new ConfigSetCommand(context))
                .addSubcommand(new ConfigUnsetCommand(context))
                .addSubcommand(new ConfigRestoreCommand(context))
                .addSubcommand(new ConfigFileCommand(context))
                .addSubcommand(new ConfigSchemaCommand(context))
                .addSubcommand(new ConfigReloadCommand(context))
                .addSubcommand(new ConfigAcceptCommand(context));
    }

    private CommandLine security() {
        return Group.of("security", "Examine how safe this gateway is.")
                .addSubcommand(new SecurityAuditCommand(context));
    }
}
