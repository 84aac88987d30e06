package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A configuration file in a directory of its own, and what reading it says. */
record Given(Path directory, Map<String, String> variables) {
    Given(Path directory) {
        this(directory, Map.of());
    }

    Given with(Map<String, String> more) {
        return new Given(directory, more);
    }

    Given file(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    ConfigReading read(String name) {
        return ConfigReader.read(directory.resolve(name), ConfigEnvironment.of(variables));
    }

    ConfigReading json(String text) {
        return file("openclaw.json", text).read("openclaw.json");
    }

    ConfigReading conf(String text) {
        return file("gateway.conf", text).read("gateway.conf");
    }

    GatewayConfig valid(String json5) {
        return valid(json(json5));
    }

    List<ConfigProblem> errors(String json5) {
        return errors(json(json5));
    }

    static GatewayConfig valid(ConfigReading reading) {
        return assertInstanceOf(ConfigReading.Valid.class, reading, reading::toString)
                .config();
    }

    static List<ConfigProblem> errors(ConfigReading reading) {
        return assertInstanceOf(ConfigReading.Invalid.class, reading, reading::toString)
                .errors();
    }

    static void says(List<ConfigProblem> problems, String... parts) {
        boolean said = problems.stream()
                .map(ConfigProblem::text)
                .anyMatch(text -> List.of(parts).stream().allMatch(text::contains));
        assertTrue(said, () -> "expected " + List.of(parts) + " in " + problems);
    }
}
