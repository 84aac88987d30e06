package dev.portcullis.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sample plugins: where they were built, and the names that the tests need. */
final class Samples {
    static final String TOOL_CALL = "{\"tool\":\"text_statistics\",\"args\":{\"text\":\"Count these words.\"}}";
    static final String POLICY_SOURCE = "allowed-hours";

    static final String KEY_HEADER = "X-Api-Key";

    private static final String BASE = """
            gateway.auth.mode = token
            tools.allow = [session_status, text_statistics]
            """;
    static final String HOURS_THAT_NEVER_COME =
            BASE + "plugins.entries.allowed-hours.config.tools.text_statistics = []\n";
    static final String HOURS_THAT_ARE_NONE =
            BASE + "plugins.entries.allowed-hours.config.tools.text_statistics = [sometimes]\n";

    private Samples() {}

    /** A key, and the line of the key file that admits it. */
    record Key(String secret, String line) {
        /** Made as the Javadoc of the sample says. */
        static Key make() {
            try {
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                authProvider().toString(),
                                "dev.portcullis.sample.auth.NewApiKey",
                                "nightly build")
                        .redirectErrorStream(true)
                        .start();
                List<String> said = process.inputReader().lines().toList();
                return new Key(said.get(1), said.get(3));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A configuration that has the key file, but lists the provider nowhere. */
        String configuredIn(Path folder) {
            try {
                Path file = Files.writeString(folder.resolve("api-keys.txt"), line + "\n");
                return BASE + "plugins.entries.api-keys.config.file = \"" + file + "\"\n";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A configuration that lists the provider too. */
        String listedIn(Path folder) {
            return configuredIn(folder) + "gateway.auth.providers = [api-keys]\n";
        }
    }

    static Path policySource() {
        return built("sample-policy");
    }

    static Path authProvider() {
        return built("sample-auth");
    }

    private static Path built(String module) {
        return Archive.PROJECT
                .resolve("../plugins-sample/" + module + "/target/" + module + "-" + Archive.VERSION + ".jar")
                .normalize();
    }
}
