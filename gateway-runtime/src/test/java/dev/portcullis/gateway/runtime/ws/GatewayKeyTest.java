package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayKeyTest {
    @TempDir
    Path state;

    @Test
    void keyStaysTheSame() throws Exception {
        String first = GatewayKey.openOrCreate(state).deviceId();

        assertEquals(first, GatewayKey.openOrCreate(state).deviceId());
    }

    @Test
    void fileWithoutAKeyIsNamedWithWhatToDo() throws Exception {
        Path file = Files.writeString(state.resolve("gateway-identity"), "nothing\nof the kind\n");

        String said = said(state);

        assertTrue(said.contains(file + " holds no Ed25519 key. Delete it"), said);
    }

    @Test
    void fileThatCannotBeMadeIsNamedWithWhatToDo() {
        Path nowhere = state.resolve("nowhere");

        String said = said(nowhere);

        assertTrue(said.contains(nowhere.resolve("gateway-identity") + " cannot be read or made (NoSuchFile"), said);
        assertTrue(said.contains("Let the user that runs the gateway"), said);
    }

    private static String said(Path folder) {
        return String.valueOf(assertThrows(IOException.class, () -> GatewayKey.openOrCreate(folder))
                .getMessage());
    }
}
