package dev.portcullis.gateway.runtime.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Switching plugins off by name. */
class PluginSwitchTest {
    @TempDir
    Path home;

    private GatewayConfig config;
    private Path folder;

    @BeforeEach
    void aPlugin() throws Exception {
        Path file = Files.writeString(home.resolve("gateway.json5"), "{}");
        config = ((ConfigReading.Valid) ConfigReader.read(file, ConfigEnvironment.of(Map.of()))).config();
        folder = home.resolve("plugins");
        new TinyPlugins(home.resolve("work"))
                .tool("acme.tools", "acme", "acme_now")
                .jar(folder.resolve("acme-1.jar"));
    }

    private PluginFileReport disable(String name) {
        return PluginFileWork.turn(name, false, home.resolve("state"), config, Optional.of(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "acme-1", "acme-1.jar", "acme.tools"})
    void everyNameOfAPluginIsKnown(String name) {
        PluginFileReport report = disable(name);

        assertEquals(List.of(), report.document().get("warnings"));
    }

    @Test
    void nameThatNoPluginHasIsSwitchedOffWithAWarningThatNamesThoseThereAre() {
        PluginFileReport report = disable("akme");

        assertTrue(report.done());
        String warning = report.details().getFirst();
        assertTrue(
                warning.startsWith(
                        "Warning: no plugin in " + folder + " is known as \"akme\", so this keeps nothing out"),
                warning);
        assertTrue(warning.endsWith("Known: acme, acme-1, acme-1.jar, acme.tools."), warning);
    }
}
