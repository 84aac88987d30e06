package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody else decides what a gateway does. */
class UntrustedConfigTest {
    @TempDir
    Path folder;

    private String refusal(Path config) {
        var reading = ConfigReader.read(config, ConfigEnvironment.of(Map.of()));
        var errors = assertInstanceOf(ConfigReading.Invalid.class, reading).errors();
        assertEquals(1, errors.size(), errors::toString);
        return errors.getFirst().text();
    }

    private static void open(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void configurationThatEverybodyMayWriteIsNotObeyed() throws Exception {
        Path config = Files.writeString(folder.resolve("gateway.conf"), "tools.allow = [a]\n");
        open(config, "rw-r--rw-");

        String text = refusal(config);

        assertTrue(text.contains("chmod o-w '" + config.toRealPath() + "'"), text);
    }

    @Test
    void includeThatEverybodyMayWriteIsNotObeyed() throws Exception {
        Path include = Files.writeString(folder.resolve("more.conf"), "tools.allow = [a]\n");
        Path config = Files.writeString(folder.resolve("gateway.conf"), "include \"more.conf\"\n");
        open(include, "rw-r--rw-");

        assertTrue(refusal(config).contains("more.conf can be written by every user"));
    }

    @Test
    void configurationInAFolderThatEverybodyMayWriteIsNotObeyed() throws Exception {
        Path deep = Files.createDirectory(folder.resolve("deep"));
        Path config = Files.writeString(deep.resolve("gateway.conf"), "tools.allow = [a]\n");
        open(deep, "rwxrwxrwx");

        assertTrue(refusal(config).contains("The folder " + deep.toRealPath()));
    }
}
