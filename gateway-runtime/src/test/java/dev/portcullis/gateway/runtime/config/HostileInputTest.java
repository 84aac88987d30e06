package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, reading it ends with an answer. */
class HostileInputTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"c.json", "c.conf"})
    void deepNestingIsAProblemAndNoCrash(String name) throws IOException {
        for (String deep :
                new String[] {"[".repeat(100_000), "{a:".repeat(100_000), "{\"a\":".repeat(400) + "1" + "}".repeat(400)
                }) {
            Files.writeString(
                    directory.resolve(name), name.endsWith("conf") && deep.startsWith("[") ? "x = " + deep : deep);
            answered(directory.resolve(name), name);
        }
    }

    @Test
    void bytesThatAreNoTextAreAProblem() throws IOException {
        Path file = directory.resolve("c.json");
        Files.write(file, new byte[] {'{', (byte) 0xC3, '}'});

        Given.says(Given.errors(ConfigReader.read(file, ConfigEnvironment.of(Map.of()))), "not UTF-8");
    }

    @Test
    void aTextThatIsNoPathIsAProblem() {
        Given given = new Given(directory);

        Given.says(given.errors("{logging: {file: 'a\\u0000b'}}"), "logging.file", "not a path");
        Given.says(given.errors("{plugins: {load: {paths: ['a\\u0000b']}}}"), "plugins.load.paths", "not a path");
    }

    @Test
    void aDirectoryIsAProblem() {
        assertFalse(Given.errors(ConfigReader.read(directory, ConfigEnvironment.of(Map.of())))
                .isEmpty());
    }

    private static void answered(Path file, String what) {
        ConfigReading reading;
        try {
            reading = ConfigReader.read(file, ConfigEnvironment.of(Map.of()));
        } catch (Throwable e) {
            throw new AssertionError(what, e);
        }
        boolean explained = !(reading instanceof ConfigReading.Invalid invalid)
                || !invalid.errors().isEmpty();
        assertTrue(explained, what);
    }
}
