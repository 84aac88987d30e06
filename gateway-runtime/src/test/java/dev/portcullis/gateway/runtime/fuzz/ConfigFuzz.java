package dev.portcullis.gateway.runtime.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a configuration file holds, in either syntax: a configuration comes of it, or problems that say where. */
class ConfigFuzz {
    private static final ConfigEnvironment ENVIRONMENT = ConfigEnvironment.of(Map.of("A", "a", "SECRET", "s3cret"));

    static List<byte[]> configurations() {
        return Seeds.configurations().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("configurations")
    @FuzzTest(maxDuration = "")
    void filesAreReadOrExplained(byte[] bytes) throws IOException {
        read(Where.JSON, bytes);
        read(Where.HOCON, bytes);
    }

    private static void read(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        if (ConfigReader.read(file, ENVIRONMENT) instanceof ConfigReading.Invalid invalid) {
            assertFalse(invalid.errors().isEmpty());
        }
    }

    private static final class Where {
        static final Path JSON = in("openclaw.json");
        static final Path HOCON = in("gateway.conf");

        private static Path in(String name) {
            try {
                return Files.createTempDirectory("fuzz").resolve(name);
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
    }
}
