package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.session.SqliteSessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The store of sessions is damaged, or cannot be read. */
final class SessionStoreHolds extends Check {
    SessionStoreHolds() {
        super("core/doctor/session-store");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        Path file = patient.places().stateDir().resolve(SqliteSessionStore.FILE_NAME);
        if (Files.exists(file)) {
            SqliteSessionStore.damage(file)
                    .ifPresent(
                            why -> found.accept(
                                    error(
                                            "The session store cannot be used: " + why,
                                            file.toString(),
                                            "Stop the gateway and put back a copy, or move the file away: it starts with an empty store then.")));
        }
    }
}
