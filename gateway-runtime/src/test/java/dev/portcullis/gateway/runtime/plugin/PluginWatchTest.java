package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the watch hands over, counted in looks: nothing here waits for a clock. */
final class PluginWatchTest extends InPluginHouse {
    /** What the documents promise, in milliseconds. */
    private static final long PROMISED = 2_000;

    private PluginWatch watch;
    private PluginsConfig config;
    private int looks;
    private Runnable meanwhile = () -> {};
    private final List<Set<Path>> waiting = new ArrayList<>();

    @BeforeEach
    void watch() {
        config = house.config().plugins();
        Path switches = home.resolve("plugins-disabled");
        watch = new PluginWatch(
                List.of(house.folder),
                switches,
                () -> {
                    meanwhile.run();
                    return config;
                },
                waiting::add,
                PluginWatch.look(List.of(house.folder), switches, config));
    }

    private void look() {
        watch.round(TimeUnit.MILLISECONDS.toNanos(PluginWatch.LOOK * ++looks));
    }

    /** How many looks it takes until something is handed over. */
    private int looksUntilReady(int before) {
        while (waiting.size() == before && looks < 100) {
            look();
        }
        return looks;
    }

    private void drop(String name) {
        tiny.tool("acme." + name, name, name).jar(house.at(name + ".jar"));
    }

    @Test
    void pluginThatIsDroppedInIsHandedOverAtTheSecondLook() {
        look();
        drop("weather");

        int ready = looksUntilReady(0) - 1;

        assertEquals(2, ready);
        assertEquals(List.of(Set.of()), waiting);
        assertTrue(ready * PluginWatch.LOOK <= PROMISED / 2, "half of what is promised is left to the load");
    }

    @Test
    void pluginThatIsTakenAwayIsMissedAtTheSecondLook() throws IOException {
        drop("weather");
        int before = looksUntilReady(0);
        Files.delete(house.at("weather.jar"));

        assertEquals(2, looksUntilReady(1) - before);
    }

    @Test
    void fileThatIsNoArchiveYetIsGivenFourSecondsAndNoMore() throws IOException {
        Files.writeString(house.at("weather.jar"), "half of a jar");

        long millis = looksUntilReady(0) * PluginWatch.LOOK;

        assertTrue(millis > 4_000 && millis < 5_000, millis + " ms");
    }

    @Test
    void copyThatGrowsIsNotHandedOver() throws IOException {
        drop("whole");
        byte[] whole = Files.readAllBytes(house.at("whole.jar"));
        int before = looksUntilReady(0);
        for (int size = 100; size < whole.length; size += whole.length / 8) {
            Files.write(house.at("weather.jar"), java.util.Arrays.copyOf(whole, size));
            look();
        }
        assertEquals(1, waiting.size(), "nothing but the whole one");

        Files.write(house.at("weather.jar"), whole);

        int grown = looks;
        assertEquals(2, looksUntilReady(1) - grown);
        assertTrue(before < grown);
    }

    @Test
    void fileThatComesWhileAnotherIsReadIsSaidToBeWaiting() {
        drop("weather");
        look();
        int[] asked = {0};
        meanwhile = () -> {
            if (++asked[0] == 2) {
                drop("tides");
            }
        };

        look();

        assertEquals(List.of(Set.of(house.at("tides.jar"))), waiting);
    }

    @Test
    void fileThatGoesWhileSomebodyElseLooksIsChanging() throws Exception {
        drop("weather");
        int[] asked = {0};
        meanwhile = () -> {
            if (++asked[0] == 2) {
                assertTrue(house.at("weather.jar").toFile().delete());
            }
        };

        assertEquals(Set.of(house.at("weather.jar")), watch.changing());
    }

    @Test
    void nothingNewIsNothingToHandOver() {
        drop("weather");
        looksUntilReady(0);
        for (int i = 0; i < 20; i++) {
            look();
        }

        assertEquals(List.of(Set.of()), waiting);
    }

    @Test
    void settingsThatSwitchPluginsOffTakeThemAway() {
        drop("weather");
        looksUntilReady(0);
        house.enabled = false;
        config = house.config().plugins();

        int before = looks;
        assertEquals(2, looksUntilReady(1) - before);
    }
}
