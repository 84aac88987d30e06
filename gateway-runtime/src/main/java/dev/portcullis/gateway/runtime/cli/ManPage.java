package dev.portcullis.gateway.runtime.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page, out of the tree of commands: every command with its parameters and options. */
final class ManPage {
    private static final String FILES = """
            .SH FILES
            .TP
            .B ~/.portcullis/gateway.conf
            the configuration; conf/gateway.conf of the archive holds if there is none
            .TP
            .B ~/.portcullis
            the state directory: token, sessions, audit records, the lock of the gateway that runs
            .TP
            .B plugins/
            in the archive: jars and folders of plugins
            """;

    private final CommandSpec root;
    private final StringBuilder page = new StringBuilder();

    ManPage(CommandSpec root) {
        this.root = root;
    }

    String text() {
        page.append(".TH PORTCULLIS 1 \"\" \"Portcullis ")
                .append(escaped(Version.number()))
                .append("\" \"\"\n");
        page.append(".SH NAME\nportcullis \\- ").append(described(root)).append('\n');
        page.append(".SH SYNOPSIS\n.B portcullis\n[OPTION]... COMMAND [ARGUMENT]...\n");
        page.append(".SH OPTIONS\nEvery command takes these.\n");
        root.options().forEach(this::option);
        page.append(".SH COMMANDS\n");
        commands(root);
        page.append(".SH EXIT STATUS\n");
        footer(root);
        page.append(FILES);
        return page.toString();
    }

    private void commands(CommandSpec above) {
        Set<CommandLine> below = new LinkedHashSet<>(above.subcommands().values());
        for (CommandLine line : below) {
            CommandSpec command = line.getCommandSpec();
            if (command.usageMessage().hidden()) {
                continue;
            }
            if (command.subcommands().isEmpty()) {
                command(command);
            }
            commands(command);
        }
    }

    private void command(CommandSpec command) {
        page.append(".SS ").append(escaped(command.qualifiedName()));
        command.positionalParameters().forEach(parameter -> page.append(' ').append(escaped(label(parameter))));
        page.append('\n').append(described(command)).append('\n');
        command.positionalParameters().forEach(this::parameter);
        command.options().stream().filter(option -> !option.inherited()).forEach(this::option);
        footer(command);
    }

    private static String label(PositionalParamSpec parameter) {
        String label = parameter.paramLabel();
        return parameter.arity().min() > 0 ? label : "[" + label + "]";
    }

    private void parameter(PositionalParamSpec parameter) {
        entry(parameter.paramLabel(), parameter.description());
    }

    private void option(OptionSpec option) {
        String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
        entry(String.join(", ", option.names()) + value, option.description());
    }

    private void entry(String name, String... description) {
        page.append(".TP\n.B ").append(escaped(name)).append('\n');
        page.append(line(String.join(" ", description))).append('\n');
    }

    private static String described(CommandSpec command) {
        return line(String.join(" ", command.usageMessage().description()));
    }

    /** Kept as it is laid out. */
    private void footer(CommandSpec command) {
        List<String> lines = List.of(command.usageMessage().footer());
        if (lines.isEmpty()) {
            return;
        }
        page.append(".PP\n.nf\n");
        lines.stream()
                .skip(lines.getFirst().isEmpty() ? 1 : 0)
                .forEach(text -> page.append(line(text)).append('\n'));
        page.append(".fi\n");
    }

    private static String line(String text) {
        String plain = Ansi.OFF.string(text.replace("%n", " ").replace("%%", "%"));
        String safe = escaped(plain);
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    }
}
