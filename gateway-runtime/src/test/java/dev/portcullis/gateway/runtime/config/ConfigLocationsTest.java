package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLocationsTest {
    @TempDir
    Path home;

    @Test
    void theFlagWinsThenOurVariableThenTheReferences() {
        Map<String, String> both = Map.of("PORTCULLIS_CONFIG_PATH", "/x/ours", "OPENCLAW_CONFIG_PATH", "/x/theirs");

        assertEquals(
                Path.of("/x/flag"),
                find(both, Optional.of("/x/flag")).configFile().orElseThrow());
        assertEquals(
                Path.of("/x/ours"), find(both, Optional.empty()).configFile().orElseThrow());
        assertEquals(
                Path.of("/x/theirs"),
                find(Map.of("OPENCLAW_CONFIG_PATH", "/x/theirs"), Optional.empty())
                        .configFile()
                        .orElseThrow());
    }

    @Test
    void theStateDirectoryIsLookedIntoThenTheDistribution() {
        Given files = new Given(home);
        assertEquals(Optional.empty(), find(Map.of(), Optional.empty()).configFile());

        files.file("dist/conf/gateway.conf", "");
        assertEquals(
                home.resolve("dist/conf/gateway.conf"),
                find(Map.of(), Optional.empty()).configFile().orElseThrow());

        files.file(".portcullis/openclaw.json", "{}");
        assertEquals(
                home.resolve(".portcullis/openclaw.json"),
                find(Map.of(), Optional.empty()).configFile().orElseThrow());

        files.file(".portcullis/gateway.conf", "");
        assertEquals(
                home.resolve(".portcullis/gateway.conf"),
                find(Map.of(), Optional.empty()).configFile().orElseThrow());
    }

    @Test
    void theStateDirectoryFollowsFlagOurVariableAndTheReferences() {
        Map<String, String> both = Map.of("PORTCULLIS_STATE_DIR", "~/ours", "OPENCLAW_STATE_DIR", "/x/theirs");

        assertEquals(
                home.resolve(".portcullis"), find(Map.of(), Optional.empty()).stateDirectory());
        assertEquals(home.resolve("ours"), find(both, Optional.empty()).stateDirectory());
        assertEquals(
                Path.of("/x/flag"),
                ConfigLocations.find(environment(both), Optional.empty(), Optional.of("/x/flag"), Optional.empty())
                        .stateDirectory());
    }

    private ConfigLocations find(Map<String, String> variables, Optional<String> flag) {
        return ConfigLocations.find(environment(variables), flag, Optional.empty(), Optional.of(home.resolve("dist")));
    }

    private ConfigEnvironment environment(Map<String, String> variables) {
        return new ConfigEnvironment(variables, ConfigEnvironment.Overrides.NONE, home, false);
    }
}
