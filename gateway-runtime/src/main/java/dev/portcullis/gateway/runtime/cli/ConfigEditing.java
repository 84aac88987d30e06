package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.RestartOnly;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Change;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Result;
import dev.portcullis.gateway.runtime.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An edit of the configuration file, and what is said about it. */
final class ConfigEditing {
    /** The shipped file belongs to the archive; one's own is in the state directory. */
    private static final String OWN = "gateway.conf";

    private final Output output;
    private final boolean dry;
    private final ConfigAccess access;
    private final Path file;
    private final boolean ownToBeMade;
    private final boolean there;

    ConfigEditing(CliContext context, boolean dry) {
        this.output = context.output();
        this.dry = dry;
        this.access = context.configuration();
        Optional<Path> used = access.file();
        this.ownToBeMade = used.isEmpty() || shipped(access);
        this.file = ownToBeMade ? access.stateDir().resolve(OWN) : used.get();
        this.there = Files.exists(file);
    }

    /** Whether the configuration is the one that came with the archive. */
    static boolean shipped(ConfigAccess access) {
        return access.chosenBy().equals("the distribution");
    }

    int make(List<Change> changes, String verb) {
        String paths = changes.stream()
                .map(change -> Printable.line(new ConfigPath(change.path()).toString()))
                .distinct()
                .collect(Collectors.joining(", "));
        return say(() -> editor().apply(changes, dry), verb + " " + paths + ".");
    }

    int restore(boolean lastGood) {
        Path from = lastGood
                ? ConfigFileEditor.lastGood(file, access.stateDir())
                : file.resolveSibling(file.getFileName() + ConfigFileEditor.BACKUP);
        if (!Files.exists(from)) {
            throw CliException.failed("There is nothing to put back: " + from + " is not there. "
                    + (lastGood
                            ? "A gateway writes it when it serves."
                            : "\"config set\", \"unset\" and \"restore\" write it."));
        }
        return say(() -> editor().replace(Files.readString(from), dry), "Put back " + from + ".");
    }

    private ConfigFileEditor editor() {
        return access.editor(file, ownToBeMade ? access.file() : Optional.empty());
    }

    private interface Edit {
        Result make() throws IOException;
    }

    private int say(Edit edit, String done) {
        try {
            return switch (edit.make()) {
                case Result.Refused refused ->
                    throw CliException.configuration(
                            "Nothing was changed: the configuration would not hold", refused.reasons());
                case Result.Impossible impossible -> throw CliException.failed(impossible.reason());
                case Result.Done made -> {
                    report(made, done);
                    yield ExitStatus.OK;
                }
            };
        } catch (IOException unwritable) {
            throw CliException.failed("Nothing was changed: " + file + " cannot be written (" + unwritable
                    + "). Check who owns it and its folder.");
        }
    }

    private void report(Result.Done made, String done) {
        List<String> restart = made.before()
                .map(before -> RestartOnly.of(before, made.after()).keys())
                .orElse(List.of());
        if (output.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("path", file.toString());
            document.put("changed", !made.unchanged() && !dry);
            document.put("dryRun", dry);
            document.put("restart", restart);
            document.put(
                    "warnings",
                    made.warnings().stream().map(ConfigProblem::text).toList());
            output.document(document);
            return;
        }
        if (made.unchanged()) {
            output.line("Nothing to change: it is so already in " + file + ".");
        } else if (dry) {
            output.line("Dry run: " + file + " would hold; nothing was written.");
        } else {
            output.line(done + " " + when(restart));
            if (!there) {
                output.line("Made " + file
                        + access.file()
                                .filter(from -> ownToBeMade)
                                .map(from -> ", a copy of " + from)
                                .orElse("")
                        + ".");
            }
        }
        made.warnings().forEach(warning -> output.line("  warning: " + Printable.line(warning.text())));
    }

    private static String when(List<String> restart) {
        return restart.isEmpty()
                ? "A running gateway takes it up by itself."
                : "Restart the gateway for " + String.join(", ", restart) + ".";
    }
}
