package dev.portcullis.gateway.runtime.operate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.function.Consumer;

/** The state directory cannot be used. One that is not there is made by the first start. */
final class StateIntegrity extends Check {
    private static final Path SELF = Path.of("/proc/self");

    StateIntegrity() {
        super("core/doctor/state-integrity");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        Path state = patient.places().stateDir();
        if (!Files.exists(state)) {
            Path above = Nearest.existing(state);
            if (!Files.isDirectory(above) || !Files.isWritable(above)) {
                found.accept(error(
                        "The state directory is not there, and " + above + " is no place where it could be made",
                        state.toString(),
                        "Check the permissions of " + above + ", or name another directory with --state-dir."));
            }
            return;
        }
        if (!Files.isDirectory(state)) {
            found.accept(error(
                    "The state directory is not a directory",
                    state.toString(),
                    "Move the file away, or name another directory with --state-dir."));
            return;
        }
        if (!Files.isReadable(state) || !Files.isWritable(state) || !Files.isExecutable(state)) {
            found.accept(error(
                    "The state directory cannot be read and written by this user",
                    state.toString(),
                    "Run this as the user that the gateway runs as, or correct the permissions."));
            return;
        }
        owner(state, found);
    }

    private void owner(Path state, Consumer<Finding> found) {
        try {
            if (Files.exists(SELF)) {
                UserPrincipal owner = Files.getOwner(state);
                if (!owner.equals(Files.getOwner(SELF))) {
                    found.accept(error(
                            "The state directory belongs to " + owner.getName() + ", who is not the user running this",
                            state.toString(),
                            "Run this as the user that the gateway runs as, or change the owner."));
                }
            }
        } catch (IOException | UnsupportedOperationException unknown) {
            // there are no owners there
        }
    }
}
