package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root writes for the user of a gateway. */
class PrivateFileTest {
    private static final int OTHER = 54_321;

    @TempDir
    Path folder;

    @BeforeEach
    void asRoot() throws Exception {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                        && Files.getAttribute(folder, "unix:uid").equals(0),
                "only root writes files for others");
    }

    private static String of(Path file) throws Exception {
        return Files.getAttribute(file, "unix:uid") + ":" + Files.getAttribute(file, "unix:gid") + " "
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void newFileBelongsToWhoOwnsTheFolder() throws Exception {
        Files.setAttribute(folder, "unix:uid", OTHER);
        Files.setAttribute(folder, "unix:gid", OTHER);

        HeldEdit.accept("a hash", folder);

        assertEquals(OTHER + ":" + OTHER + " rw-------", of(HeldEdit.acceptance(folder)));
    }

    @Test
    void fileInThePlaceOfAnotherIsReadByWhoReadThatOne() throws Exception {
        Path config = Files.writeString(folder.resolve("gateway.conf"), "before");
        Files.setAttribute(config, "unix:gid", OTHER);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));

        PrivateFile.write("after", config);

        assertEquals("0:" + OTHER + " rw-r-----", of(config));
    }
}
