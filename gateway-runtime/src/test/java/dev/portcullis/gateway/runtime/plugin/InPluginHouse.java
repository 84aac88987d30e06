package dev.portcullis.gateway.runtime.plugin;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of plugins that are built and loaded for each of them. */
abstract class InPluginHouse {
    @TempDir
    Path home;

    PluginHouse house;
    TinyPlugins tiny;

    @BeforeEach
    void build() throws IOException {
        house = new PluginHouse(home);
        tiny = house.tiny;
    }
}
