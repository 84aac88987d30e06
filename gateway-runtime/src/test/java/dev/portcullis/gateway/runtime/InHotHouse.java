package dev.portcullis.gateway.runtime;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a gateway that serves while its plugin folder changes; each starts it as it needs it. */
abstract class InHotHouse {
    @TempDir
    Path home;

    HotHouse house;

    @BeforeEach
    void build() throws Exception {
        house = new HotHouse(home);
    }

    @AfterEach
    void stop() {
        house.close();
    }
}
