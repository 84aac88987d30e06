package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.operate.ServiceUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The unit that "gateway install" wrote does not fit this archive any more. */
final class GatewayUnit extends Check {
    private static final String AGAIN = "portcullis gateway install --force";

    GatewayUnit() {
        super("core/doctor/gateway-daemon");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        Path unit = patient.places().unit();
        if (!Files.exists(unit)) {
            return;
        }
        try {
            examine(patient, unit, Files.readString(unit), found);
        } catch (IOException unreadable) {
            found.accept(warning(
                    "The unit cannot be read (" + unreadable.getClass().getSimpleName() + ")",
                    unit.toString(),
                    "Check its permissions."));
        }
    }

    private void examine(Patient patient, Path unit, String written, Consumer<Finding> found) {
        Optional<Path> program = ServiceUnit.program(written);
        boolean gone = program.isPresent() && !Files.isExecutable(program.get());
        Optional<String> ours = patient.places()
                .distribution()
                .map(home -> ServiceUnit.text(home, patient.places().stateDir()));
        if (gone) {
            String message =
                    "The unit starts " + program.get() + ", which is not there: the archive was moved or removed";
            String hint = "Write it again from where the archive is now: " + AGAIN;
            // what somebody has changed by hand is not written over
            boolean untouched = ours.filter(text -> ServiceUnit.sameButForProgram(text, written))
                    .isPresent();
            found.accept(
                    untouched
                            ? repairable(
                                    Severity.ERROR,
                                    message,
                                    unit.toString(),
                                    hint + ", which --fix does too.",
                                    () -> write(unit, ours.get()))
                            : error(message, unit.toString(), hint));
        } else if (ours.isPresent() && !ours.get().equals(written)) {
            found.accept(info(
                    "The unit is not what this version writes for this archive and state directory",
                    unit.toString(),
                    "Compare: portcullis gateway install --print; replace it: " + AGAIN));
        }
    }

    private static List<String> write(Path unit, String text) throws IOException {
        Path backup = unit.resolveSibling(unit.getFileName() + ".bak");
        Files.copy(unit, backup, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(unit, text);
        return List.of("Wrote " + unit + "; what was there is " + backup + " now. Run: systemctl --user daemon-reload");
    }
}
