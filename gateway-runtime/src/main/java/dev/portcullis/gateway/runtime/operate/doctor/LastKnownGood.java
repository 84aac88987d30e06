package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.LastGood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The configuration does not hold, and what a gateway last served with is still there. */
final class LastKnownGood extends Check {
    LastKnownGood() {
        super("core/doctor/last-known-good");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        Optional<Path> file = patient.places().configFile();
        if (!(patient.draft().reading() instanceof ConfigReading.Invalid)
                || file.isEmpty()
                || patient.editor().isEmpty()) {
            return;
        }
        ConfigFileEditor editor = patient.editor().get();
        LastGood.of(file.get(), patient.places().stateDir()).stream()
                .map(LastGood.Copy::file)
                .filter(kept -> Files.isRegularFile(kept) && holds(editor, kept))
                .findFirst()
                .ifPresent(kept -> found.accept(repairable(
                        Severity.WARNING,
                        "The configuration does not hold, but what a gateway last served with is kept in " + kept,
                        file.get().toString(),
                        "Correct the file, or put that back: portcullis config restore --last-good, which --fix does too."
                                + " The file as it is becomes " + file.get().getFileName() + ConfigFileEditor.BACKUP
                                + ".",
                        () -> Edits.made(
                                editor.replace(Files.readString(kept), false),
                                "Put " + kept + " back as " + file.get() + "; what was there is " + file.get()
                                        + ConfigFileEditor.BACKUP + " now."))));
    }

    private static boolean holds(ConfigFileEditor editor, Path kept) {
        try {
            return editor.replace(Files.readString(kept), true) instanceof ConfigFileEditor.Result.Done;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
