package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.ToolProvider;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PluginManagerTest extends InPluginHouse {
    @Test
    void theApiIsANamedModuleInTheseTests() {
        assertTrue(ToolProvider.class.getModule().isNamed());
    }

    @Test
    void missingFolderHoldsNothing() throws Exception {
        Files.delete(house.folder);

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals(1, set.plugins().size());
        }
    }

    @Test
    void modularToolPluginIsLoadedIntoALayerOfItsOwn() throws Exception {
        tiny.tool("acme.weather", "weather", "weather_now")
                .options("--module-version", "1.2.3")
                .jar(house.at("acme-weather.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            LoadedPlugin plugin = PluginHouse.plugin(set, "acme-weather.jar");
            PluginIdentity identity = plugin.identity();
            assertEquals(LoadingKind.MODULE_LAYER, identity.kind());
            assertEquals(PluginOrigin.FOLDER, identity.origin());
            assertEquals(Optional.of("acme.weather"), identity.moduleName());
            assertEquals(Optional.of("1.2.3"), identity.version());
            assertEquals(Optional.of(PluginEnvironment.runningApiVersion()), identity.apiVersion());
            assertEquals(1, identity.generation());
            assertEquals(64, identity.sha256().orElseThrow().length());
            assertEquals(List.of(), identity.warnings());
            assertEquals(List.of("weather"), plugin.providerNames());
            assertEquals("weather_now of weather", PluginHouse.answer(set, "weather_now"));
            assertEquals(
                    "weather",
                    PluginHouse.tool(set, "weather_now").description().provider());
            assertEquals(
                    plugin.classLoader(), PluginHouse.tool(set, "weather_now").loader());
        }
    }
}
