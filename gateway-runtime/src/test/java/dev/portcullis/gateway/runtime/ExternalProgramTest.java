package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ExternalProgramTest {
    @TempDir
    Path folder;

    @Test
    void programOnThePathIsFound() throws Exception {
        Path program = Files.createFile(folder.resolve("some-program"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

        assertEquals(program, ExternalProgram.required("some-program", null, "/nowhere::" + folder));
    }

    @Test
    void testWithoutItsProgramIsSkippedAndSaysWhy() {
        TestAbortedException skipped = assertThrows(
                TestAbortedException.class, () -> ExternalProgram.required("no-such-program", null, "/nowhere"));

        assertTrue(skipped.getMessage().contains("no-such-program is not installed"), skipped::getMessage);
    }

    @Test
    void testWithoutItsProgramFailsWhereItIsRequired() {
        assertThrows(AssertionFailedError.class, () -> ExternalProgram.required("no-such-program", "1", "/nowhere"));
    }
}
