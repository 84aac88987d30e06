package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The attacks of {@code src/test/attacks}, against the gateway as shipped. */
@EnabledIf("dev.portcullis.distribution.Archive#runs")
@EnabledOnOs(OS.LINUX)
class AttackIT {
    private static final String REQUIRED = "PORTCULLIS_REQUIRE_EXTERNAL";
    private static final int MINUTES = 12;

    @TempDir
    private static Path folder;

    @Test
    void noAttackHasSuccess() throws Exception {
        Path attacks = Archive.PROJECT.resolve("src/test/attacks");
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        python().toString(), "-B", attacks.resolve("run.py").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("PORTCULLIS_HOME", Archive.unpackInto(folder).toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        String text = Files.readString(said);
        assertEquals(0, process.waitFor(), text);
        long scripts;
        try (Stream<Path> files = Files.list(attacks)) {
            scripts = files.filter(file -> file.getFileName().toString().matches("\\d\\d-.*\\.py"))
                    .count();
        }
        assertTrue(text.contains(scripts + " attacks, 0 had success"), text);
    }

    private static Path python() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .filter(place -> !place.isBlank())
                .map(place -> Path.of(place, "python3"))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && "1".equals(System.getenv(REQUIRED))) {
            Assertions.fail(
                    "python3 is not installed, and " + REQUIRED + "=1 says that no test may be skipped for that");
        }
        Assumptions.assumeTrue(found.isPresent(), "python3 is not installed: the attacks are not tried");
        return found.orElseThrow(() -> new AssertionError(List.of()));
    }
}
