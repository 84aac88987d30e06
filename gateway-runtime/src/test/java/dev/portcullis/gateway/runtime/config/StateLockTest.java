package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {
    @TempDir
    Path folder;

    @Test
    void secondGatewayIsRefusedWithTheFirstOnesProcess() throws Exception {
        StateDirectory state = StateDirectory.open(folder.resolve("state"));
        try (StateLock first = StateLock.take(state)) {
            StateDirectoryException refused = assertThrows(StateDirectoryException.class, () -> StateLock.take(state));

            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("process " + ProcessHandle.current().pid()), message);
            assertTrue(message.contains("--state-dir"), message);
        }
    }

    @Test
    void lockEndsWithItsGateway() throws Exception {
        StateDirectory state = StateDirectory.open(folder.resolve("state"));
        StateLock.take(state).close();

        StateLock.take(state).close();
    }

    @Test
    void onlyItsOwnerReadsTheLock() throws Exception {
        StateDirectory state = StateDirectory.open(folder.resolve("state"));
        Assumptions.assumeTrue(OwnerOnly.possible(folder));
        try (StateLock taken = StateLock.take(state)) {
            assertEquals(
                    OwnerOnly.FILE,
                    Files.getPosixFilePermissions(state.path().resolve(StateLock.FILE)),
                    taken::toString);
        }
    }
}
