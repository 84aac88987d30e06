package dev.portcullis.benchmarks;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Configurations as the gateway reads them. */
public final class Configured {
    private Configured() {}

    /** With so many entries in the global rules, half of them denials; {@code text_statistics} stays allowed. */
    public static GatewayConfig withEntries(int entries) {
        String allow = IntStream.range(0, entries / 2)
                .mapToObj(i -> "\"area" + i + "_*\"")
                .collect(Collectors.joining(","));
        String deny = IntStream.range(0, entries / 2)
                .mapToObj(i -> "\"*_secret" + i + "\"")
                .collect(Collectors.joining(","));
        return read("{gateway:{auth:{mode:'none'}},tools:{allow:[" + allow + ",'text_*'],deny:[" + deny + "]}}");
    }

    private static GatewayConfig read(String text) {
        try {
            Path file = Files.createTempFile("portcullis-bench", ".json5");
            try {
                Files.writeString(file, text);
                if (ConfigReader.read(file, ConfigEnvironment.of(Map.of())) instanceof ConfigReading.Valid valid) {
                    return valid.config();
                }
                throw new IllegalStateException("The benchmark's configuration is not valid: " + text);
            } finally {
                Files.delete(file);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
