package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.RestartOnly;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Change;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Result;
import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.GuardedKeys;
import dev.portcullis.gateway.runtime.config.HeldEdit;
import dev.portcullis.gateway.runtime.config.LastGood;
import dev.portcullis.gateway.runtime.config.StateHolder;
import dev.portcullis.gateway.runtime.config.Widening;
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

    private static final String OTHER = "openclaw.json";

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
        this.file = ownToBeMade ? access.stateDir().resolve(own(access.stateDir())) : used.get();
        this.there = Files.exists(file);
    }

    /** What is to be made: the one that a gateway served with and that is gone, or else one in our own syntax. */
    private static String own(Path stateDir) {
        boolean lost = LastGood.of(stateDir.resolve(OWN), stateDir).isEmpty()
                && !LastGood.of(stateDir.resolve(OTHER), stateDir).isEmpty();
        return lost ? OTHER : OWN;
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

    /** What was there before the last edit. */
    int restore() {
        Path from = file.resolveSibling(file.getFileName() + ConfigFileEditor.BACKUP);
        if (!Files.exists(from)) {
            throw CliException.failed("There is nothing to put back: " + from
                    + " is not there. \"config set\", \"unset\" and \"restore\" write it.");
        }
        return say(() -> editor().replace(Files.readString(from), dry), "Put back " + from + ".");
    }

    /** @param number which of the copies that a gateway served with; 0 for the newest that says something else than the file */
    int restoreLastGood(int number) {
        List<LastGood.Copy> copies = LastGood.of(file, access.stateDir());
        LastGood.Copy from = chosen(copies, number);
        int ended = say(
                () -> editor().replace(Files.readString(from.file()), dry),
                "Put back " + from.file() + ", which served from " + from.since() + ".");
        if (copies.size() > 1 && !output.json()) {
            output.line("There are " + (copies.size() - 1) + " more: portcullis config restore --list");
        }
        return ended;
    }

    private LastGood.Copy chosen(List<LastGood.Copy> copies, int number) {
        if (copies.isEmpty()) {
            throw CliException.failed("There is nothing to put back: no copy of " + file.getFileName() + " is in "
                    + access.stateDir() + ". A gateway writes one when it serves.");
        }
        if (number == 0) {
            return copies.stream()
                    .filter(copy -> !same(copy.file()))
                    .findFirst()
                    .orElse(copies.getFirst());
        }
        return copies.stream()
                .filter(copy -> copy.number() == number)
                .findFirst()
                .orElseThrow(() -> CliException.failed("There is no copy " + number + "; there are "
                        + copies.stream()
                                .map(copy -> String.valueOf(copy.number()))
                                .collect(Collectors.joining(", "))
                        + ": portcullis config restore --list"));
    }

    private boolean same(Path copy) {
        try {
            return Files.exists(file) && Files.mismatch(copy, file) < 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The copies that a gateway served with. */
    int list() {
        List<LastGood.Copy> copies = LastGood.of(file, access.stateDir());
        if (output.json()) {
            output.document(Map.of(
                    "path",
                    file.toString(),
                    "copies",
                    copies.stream()
                            .map(copy -> Map.of(
                                    "number",
                                    (long) copy.number(),
                                    "since",
                                    copy.since().toString(),
                                    "path",
                                    copy.file().toString(),
                                    "same",
                                    same(copy.file())))
                            .toList()));
            return ExitStatus.OK;
        }
        if (copies.isEmpty()) {
            output.line("No gateway has served with " + file.getFileName() + " from this state directory.");
            return ExitStatus.OK;
        }
        TextTable table = new TextTable("NUMBER", "SERVED SINCE", "COPY");
        copies.forEach(copy -> table.row(
                String.valueOf(copy.number()),
                copy.since().toString(),
                copy.file() + (same(copy.file()) ? " (the file as it is)" : "")));
        table.lines().forEach(output::line);
        output.line("To put one back: portcullis config restore --last-good=NUMBER");
        return ExitStatus.OK;
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
        List<String> wider = made
                .before()
                .map(before -> new GuardedKeys(before, false).wideningTo(new GuardedKeys(made.after(), false)))
                .orElse(List.of())
                .stream()
                .map(Widening::text)
                .toList();
        boolean accepted = !dry && !made.unchanged() && accept(made.after());
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
            document.put("wider", wider);
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
        if (!wider.isEmpty() && !made.unchanged()) {
            output.line(
                    "It lets more pass than before" + (accepted ? ", and a running gateway takes it as meant:" : ":"));
            wider.forEach(text -> output.line("  " + Printable.line(text)));
        }
        made.warnings().forEach(warning -> output.line("  warning: " + Printable.line(warning.text())));
    }

    /** What somebody typed as a command is meant: a gateway need not hold it. */
    private boolean accept(GatewayConfig after) {
        if (StateHolder.of(access.stateDir()).isEmpty()) {
            return false;
        }
        try {
            HeldEdit.accept(after.document().hash(), access.stateDir());
            return true;
        } catch (IOException unwritable) {
            return false;
        }
    }

    private static String when(List<String> restart) {
        return restart.isEmpty()
                ? "A running gateway takes it up by itself."
                : "Restart the gateway for " + String.join(", ", restart) + ".";
    }
}
