package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayKeyTest {
    @TempDir
    Path state;

    @Test
    void keyStaysTheSame() throws Exception {
        String first = GatewayKey.of(state).deviceId();

        assertEquals(first, GatewayKey.of(state).deviceId());
    }

    @Test
    void fileWithoutAKeyIsNamedWithWhatToDo() throws Exception {
        Path file = Files.writeString(state.resolve("gateway-identity"), "nothing\nof the kind\n");

        String said = said(state);

        assertTrue(said.contains(file + " holds no Ed25519 key. Delete it"), said);
    }

    @Test
    void keyIsMadeForTheFirstWhoAsks() throws Exception {
        GatewayKey key = GatewayKey.of(state);
        assertFalse(Files.exists(state.resolve("gateway-identity")));

        String told = key.publicKey();

        assertEquals(told, GatewayKey.of(state).publicKey());
    }

    @Test
    void keyIsTheOneThatTheFileHolds() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        Base64.Encoder encoder = Base64.getEncoder();
        Files.write(
                state.resolve("gateway-identity"),
                List.of(encoder.encodeToString(pair.getPrivate().getEncoded()), encoder.encodeToString(encoded)));

        String told = GatewayKey.of(state).publicKey();

        assertArrayEquals(
                Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length),
                Base64.getUrlDecoder().decode(told));
    }

    @Test
    void keyOfAnotherKindIsNone() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        Files.write(
                state.resolve("gateway-identity"),
                List.of("", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())));

        assertTrue(said(state).contains("holds no Ed25519 key"), said(state));
    }

    @Test
    void fileThatCannotBeMadeIsNamedWithWhatToDo() {
        Path nowhere = state.resolve("nowhere");

        String said = said(nowhere);

        assertTrue(said.contains(nowhere.resolve("gateway-identity") + " cannot be read or made (NoSuchFile"), said);
        assertTrue(said.contains("Let the user that runs the gateway"), said);
    }

    private static String said(Path folder) {
        return String.valueOf(
                assertThrows(IOException.class, () -> GatewayKey.of(folder)).getMessage());
    }
}
