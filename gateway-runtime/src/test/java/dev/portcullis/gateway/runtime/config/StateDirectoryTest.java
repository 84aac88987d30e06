package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void itIsCreatedForItsOwnerAlone() throws Exception {
        Path state = StateDirectory.open(directory.resolve("a/b")).path();

        assertEquals("rwx------", mode(state));
    }

    @Test
    void oneThatEverybodyMayWriteIsRefused() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        var refused = assertThrows(StateDirectoryException.class, () -> StateDirectory.open(directory));
        assertTrue(refused.getMessage().contains("chmod 700"), refused.getMessage());
    }

    @Test
    void aFileIsNoStateDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThrows(StateDirectoryException.class, () -> StateDirectory.open(file));
    }

    @Test
    void theTokenIsMadeOnceAndForItsOwnerAlone() throws Exception {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));

        Secret first = state.tokenOrCreate();

        assertTrue(first.reveal().matches("[0-9a-f]{48}"));
        assertEquals("rw-------", mode(state.tokenFile()));
        assertEquals(first, StateDirectory.open(directory.resolve("state")).tokenOrCreate());
        try (Stream<Path> files = Files.list(state.path())) {
            assertEquals(1, files.count(), "nothing but the token is left");
        }
    }

    @Test
    void twoDirectoriesHaveTwoTokens() throws Exception {
        Secret one = StateDirectory.open(directory.resolve("one")).tokenOrCreate();
        Secret two = StateDirectory.open(directory.resolve("two")).tokenOrCreate();

        assertFalse(one.equals(two));
    }

    @Test
    void aTokenThatOthersCanReadIsRefused() throws Exception {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        String token = state.tokenOrCreate().reveal();
        Files.setPosixFilePermissions(state.tokenFile(), PosixFilePermissions.fromString("rw-r--r--"));

        var refused = assertThrows(StateDirectoryException.class, state::tokenOrCreate);
        assertTrue(refused.getMessage().contains("chmod 600"), refused.getMessage());
        assertFalse(refused.getMessage().contains(token));
    }

    @Test
    void aLinkInPlaceOfTheTokenIsRefused() throws Exception {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        Files.createSymbolicLink(state.tokenFile(), directory.resolve("elsewhere"));

        assertThrows(StateDirectoryException.class, state::tokenOrCreate);
        assertFalse(Files.exists(directory.resolve("elsewhere")));
    }

    @Test
    void anEmptyTokenFileIsRefused() throws Exception {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        Files.createFile(
                state.tokenFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

        assertThrows(StateDirectoryException.class, state::tokenOrCreate);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
