package dev.portcullis.gateway.runtime.cli;

import java.util.concurrent.Callable;
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
            description = "What a gateway last served with, instead of the copy of the last edit.")
    boolean lastGood;

    @Mixin
    final DryRun dry = new DryRun();

    private final CliContext context;

    ConfigRestoreCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new ConfigEditing(context, dry.wanted).restore(lastGood);
    }
}
