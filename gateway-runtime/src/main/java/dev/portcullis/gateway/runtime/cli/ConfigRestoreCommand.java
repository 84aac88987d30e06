package dev.portcullis.gateway.runtime.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis config restore}. */
@Command(
        name = "restore",
        description = "Put back the configuration file that was there before the last edit, or that last served.",
        footer = {"", "Exit code: 0 written, 1 not, 78 the result would not hold: nothing is changed."})
final class ConfigRestoreCommand implements Callable<Integer> {
    @Option(
            names = "--last-good",
            arity = "0..1",
            fallbackValue = "0",
            paramLabel = "NUMBER",
            description = "What a gateway served with, instead of the copy of the last edit: the newest that differs"
                    + " from the file, or one of --list.")
    @Nullable
    Integer lastGood;

    @Option(names = "--list", description = "Only show what a gateway served with.")
    boolean list;

    @Mixin
    final DryRun dry = new DryRun();

    private final CliContext context;

    ConfigRestoreCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ConfigEditing editing = new ConfigEditing(context, dry.wanted);
        if (list) {
            return editing.list();
        }
        return lastGood == null ? editing.restore() : editing.restoreLastGood(lastGood);
    }
}
