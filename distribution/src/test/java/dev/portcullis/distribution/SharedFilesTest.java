package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Makes what the archive takes from the commands themselves, before it is packed. It is a test because tests run on the right
 * JDK whatever Maven itself runs on; an archive that is made without tests lacks these two files and nothing else.
 */
class SharedFilesTest {
    @ParameterizedTest
    @CsvSource({
        "completion, completion/portcullis.bash, complete -F",
        "man, man/man1/portcullis.1, .SH EXIT STATUS",
    })
    void commandsDescribeThemselves(String command, String file, String part) throws Exception {
        Path made = Archive.PROJECT.resolve("target/share").resolve(file);
        Files.createDirectories(made.getParent());

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.portcullis.gateway.runtime.cli.Main",
                        command)
                .redirectOutput(made.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        // off the module path a process does not know its version
        String text = Files.readString(made).replace("unversioned", Archive.VERSION);
        Files.writeString(made, text);
        assertTrue(text.contains(part), () -> file + " does not hold " + part);
    }
}
