package dev.portcullis.gateway.runtime.kit;

import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of a test, read as an operator's is. */
final class Script {
    private Script() {}

    /** @throws PluginException with all that is wrong with it */
    static GatewayConfig read(String hocon) {
        try {
            Path file = Files.createTempFile("portcullis-test", ".conf");
            try {
                Files.writeString(file, "gateway.auth.mode = " + KnownCallers.NAME + "\n" + hocon);
                return switch (ConfigReader.read(file, ConfigEnvironment.of(Map.of()))) {
                    case ConfigReading.Valid valid -> valid.config();
                    case ConfigReading.Invalid invalid ->
                        throw new PluginException(invalid.errors().stream()
                                .map(ConfigProblem::toString)
                                .collect(Collectors.joining("\n")));
                };
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("No temporary file for the configuration of the test", failed);
        }
    }
}
