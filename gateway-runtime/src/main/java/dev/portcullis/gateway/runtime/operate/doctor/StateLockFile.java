package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.config.StateDirectoryException;
import dev.portcullis.gateway.runtime.config.StateHolder;
import dev.portcullis.gateway.runtime.config.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The lock of the state directory cannot be taken, or names a process that is gone. */
final class StateLockFile extends Check {
    StateLockFile() {
        super("portcullis/doctor/state-lock");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        Path state = patient.places().stateDir();
        Path file = state.resolve(StateLock.FILE);
        if (!Files.exists(file)) {
            return;
        }
        if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
            found.accept(error(
                    "The lock of the state directory is no file that this user can write",
                    file.toString(),
                    "Run this as the user that the gateway runs as, or delete the file while no gateway runs."));
            return;
        }
        Optional<StateHolder> written = StateHolder.written(state);
        if (written.isPresent() && StateHolder.of(state).isEmpty()) {
            found.accept(repairable(
                    Severity.INFO,
                    "The lock names process " + written.get().pid()
                            + ", which is gone: a gateway ended without saying so, or was killed",
                    file.toString(),
                    "Nothing has to be done: the next start takes the lock. Its log may say why; --fix clears the file.",
                    () -> clear(state, file)));
        }
    }

    private static List<String> clear(Path state, Path file) throws IOException {
        try (StateLock taken = StateLock.take(StateDirectory.open(state))) {
            return List.of("Cleared " + file + ".");
        } catch (StateDirectoryException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }
}
