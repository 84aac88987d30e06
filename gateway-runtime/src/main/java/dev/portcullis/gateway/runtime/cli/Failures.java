package dev.portcullis.gateway.runtime.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that fails says so: on standard error for people, as a JSON document with {@code --json}. */
final class Failures {
    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    static CommandLine handledBy(CommandLine line) {
        return line.setExpandAtFiles(false)
                .setExecutionStrategy(parsed -> {
                    SecretOption.warning(parsed).ifPresent(line.getErr()::println);
                    line.getErr().flush();
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> failed(failure, command, parsed.originalArgs()));
    }

    private static int usage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        String message = Printable.line(
                failure instanceof UnmatchedArgumentException unmatched
                        ? unmatched(unmatched, command)
                        : String.valueOf(failure.getMessage())
                                .replaceFirst(" is not an? (int|long)$", " is not a whole number"));
        String end = message.endsWith(".") || message.endsWith("?") ? " " : ". ";
        return report(command, CliException.usage(message + end + "Try: " + help), List.of(args));
    }

    private static String unmatched(UnmatchedArgumentException failure, CommandLine command) {
        String first =
                failure.getUnmatched().isEmpty() ? "" : failure.getUnmatched().getFirst();
        List<String> suggestions = failure.getSuggestions();
        String hint = suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
        if (first.startsWith("-") || command.getSubcommands().isEmpty()) {
            return failure.getMessage() + hint;
        }
        return "There is no command \"" + first + "\""
                + (hint.isEmpty()
                        ? "; known: "
                                + String.join(", ", command.getSubcommands().keySet())
                        : hint);
    }

    private static int failed(Exception failure, CommandLine command, List<String> args) {
        if (failure instanceof CliException known) {
            return report(command, known, args);
        }
        LOG.log(System.Logger.Level.DEBUG, "Command failed", failure);
        return report(
                command,
                CliException.failed("Unexpected " + failure.getClass().getName() + ": this is a defect of Portcullis"),
                args);
    }

    static int report(CommandLine command, CliException failure, List<String> args) {
        CliException shown = failure.redacted();
        if (args.contains("--json")) {
            PrintWriter out = command.getOut();
            out.println(Json.pretty(document(shown)));
            out.flush();
        } else {
            PrintWriter err = command.getErr();
            err.println("portcullis: " + shown.getMessage());
            shown.details().forEach(detail -> err.println("  - " + Printable.line(detail)));
            err.flush();
        }
        return failure.status();
    }

    private static Map<String, Object> document(CliException failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", "cli_error");
        error.put("message", String.valueOf(failure.getMessage()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", false);
        document.put("error", error);
        if (failure.status() == ExitStatus.CONFIGURATION) {
            document.put("valid", false);
        }
        if (!failure.details().isEmpty()) {
            document.put(
                    "issues",
                    failure.details().stream()
                            .map(text -> Map.of("message", text))
                            .toList());
        }
        return document;
    }
}
