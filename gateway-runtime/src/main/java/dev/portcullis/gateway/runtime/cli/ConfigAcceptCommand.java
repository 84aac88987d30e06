package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.HeldEdit;
import dev.portcullis.gateway.runtime.config.StateHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** {@code portcullis config accept}. */
@Command(
        name = "accept",
        description = "Say that the configuration is meant as it is now: an edit that lets more pass, which the gateway"
                + " holds for ten seconds, is served at once.",
        footer = {
            "",
            "It goes through the state directory and needs no credential: the edit may have changed that.",
            "",
            "Exit code: 0 served or nothing to accept, 1 not taken, 78 the configuration does not hold.",
        })
final class ConfigAcceptCommand implements Callable<Integer> {
    private static final long WAIT = TimeUnit.SECONDS.toNanos(5);
    private static final long SEEN = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK = 100;

    private final CliContext context;

    ConfigAcceptCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ConfigAccess access = context.configuration();
        String hash = hash(access);
        Path state = access.stateDir();
        if (StateHolder.of(state).isEmpty()) {
            throw CliException.failed("No gateway runs with " + state
                    + ", so none holds an edit. A start serves the configuration as it is.");
        }
        Optional<HeldEdit> held = held(state, hash);
        List<String> reasons = held.map(HeldEdit::reasons).orElse(List.of());
        if (held.isEmpty()) {
            return say("Nothing is held.", false, reasons);
        }
        if (!held.get().hash().equals(hash)) {
            throw CliException.failed(
                    "Nothing was accepted: the gateway holds another edit than the configuration is now. If its"
                            + " files were changed just now, look at them and try again; if not, name the configuration of that gateway with"
                            + " --config");
        }
        boolean taken = taken(state, hash);
        if (!taken) {
            throw CliException.withDetails(
                    ExitStatus.FAILED,
                    "The gateway has not taken it within 5 seconds: its log and \"portcullis status\" say why",
                    reasons);
        }
        return say("Accepted. The gateway has taken the edit, which lets more pass than before:", true, reasons);
    }

    /** A gateway needs a moment until it has seen an edit; until then it speaks of the one before, or of none. */
    private static Optional<HeldEdit> held(Path state, String hash) {
        long until = System.nanoTime() + SEEN;
        Optional<HeldEdit> held = HeldEdit.in(state);
        while (held.filter(edit -> edit.hash().equals(hash)).isEmpty() && System.nanoTime() - until < 0) {
            pause();
            held = HeldEdit.in(state);
        }
        return held;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CliException.failed("Stopped: nothing was accepted");
        }
    }

    private static String hash(ConfigAccess access) {
        return switch (access.draft().reading()) {
            case ConfigReading.Valid valid -> valid.config().document().hash();
            case ConfigReading.Invalid invalid ->
                throw CliException.configuration(
                        "The configuration is not valid",
                        invalid.errors().stream().map(ConfigProblem::text).toList());
        };
    }

    private static boolean taken(Path state, String hash) {
        try {
            HeldEdit.accept(hash, state);
            long until = System.nanoTime() + WAIT;
            while (Files.exists(HeldEdit.acceptance(state)) && System.nanoTime() - until < 0) {
                pause();
            }
            return !Files.deleteIfExists(HeldEdit.acceptance(state));
        } catch (IOException unwritable) {
            throw CliException.failed("Nothing was accepted: " + state + " cannot be written (" + unwritable
                    + "). Run this as the user of the gateway.");
        }
    }

    private int say(String what, boolean accepted, List<String> reasons) {
        Output output = context.output();
        if (output.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("accepted", accepted);
            document.put("wider", reasons);
            output.document(document);
            return ExitStatus.OK;
        }
        output.line(what);
        reasons.forEach(reason -> output.line("  " + Printable.line(reason)));
        return ExitStatus.OK;
    }
}
