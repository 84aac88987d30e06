package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real jars that come into a real folder, change and go, under a gateway that serves. */
class HotPluginsTest extends InHotHouse {
    /** Its answer tells instances apart. */
    private static final String INSTANCE = "\"instance \" + System.identityHashCode(Tools.class)";

    @Test
    void jarThatIsDroppedInReplacedAndTakenAwayIsServedReplacedAndGone() throws Exception {
        Path one = house.tool("weather", "\"one\"");
        Path two = house.tool("weather", "\"two\"");
        house.start("");
        assertEquals(404, house.status("weather"));

        house.drop(one, "weather.jar");
        house.eventually("one", () -> house.says("weather"));
        house.drop(two, "weather.jar");
        house.eventually("two", () -> house.says("weather"));
        house.remove("weather.jar");
        house.eventually(404, () -> house.status("weather"));
        house.drop(one, "weather.jar");
        house.eventually("one", () -> house.says("weather"));

        assertEquals(3, house.generation("weather.jar"));
    }

    @Test
    void folderOfAPluginLivesLikeAJar() throws Exception {
        Path one = house.tool("almanac", "\"one\"");
        Path two = house.tool("almanac", "\"two\"");
        house.start("");
        Path folder = Files.createDirectories(house.plugins.resolve("almanac"));

        Files.copy(one, folder.resolve("almanac-1.jar"));
        house.eventually("one", () -> house.says("almanac"));
        Files.move(folder.resolve("almanac-1.jar"), house.bench.resolve("old.jar"));
        Files.copy(two, folder.resolve("almanac-2.jar"));
        house.eventually("two", () -> house.says("almanac"));
        Files.delete(folder.resolve("almanac-2.jar"));

        house.eventually(404, () -> house.status("almanac"));
    }

    @Test
    void jarOfAnotherFolderThatTheConfigurationNamesLivesLikeOne() throws Exception {
        Path more = Files.createDirectories(home.resolve("more"));
        Path jar = house.tool("weather", "\"one\"");
        house.start("plugins: {load: {paths: ['" + more + "']}}");

        Files.copy(jar, more.resolve("weather.jar"));

        house.eventually("one", () -> house.says("weather"));
    }

    @Test
    void copyThatTakesItsTimeIsWaitedForWhileTheOldOneServes() throws Exception {
        byte[] two = Files.readAllBytes(house.tool("weather", "\"two\""));
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.start("");

        try (OutputStream out = Files.newOutputStream(house.plugins.resolve("weather.jar"))) {
            out.write(two, 0, two.length / 2);
            out.flush();
            house.keepsSaying("one", "weather");
            assertEquals("", house.problem("weather.jar"));
            out.write(two, two.length / 2, two.length - two.length / 2);
        }

        house.eventually("two", () -> house.says("weather"));
    }

    @Test
    void replacementThatCannotBeLoadedLeavesTheOldOneServingAndSaysWhy() throws Exception {
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.start("");
        Path broken = house.compile(
                "weather",
                "public class Tools implements dev.portcullis.gateway.api.tool.ToolProvider {"
                        + " public Tools() { throw new IllegalStateException(\"no forecast today\"); }"
                        + " public String name() { return \"weather\"; }"
                        + " public java.util.List<dev.portcullis.gateway.api.tool.Tool>"
                        + " tools(dev.portcullis.gateway.api.plugin.PluginContext c) { return null; } }");

        house.drop(broken, "weather.jar");

        house.eventuallyContains("generation 1 goes on serving", () -> house.problem("weather.jar"));
        assertTrue(house.problem("weather.jar").contains("no forecast today"), house.problem("weather.jar"));
        assertEquals("one", house.says("weather"));
        assertTrue(house.read("/readyz").get("quarantined").toString().contains("weather.jar"));
        assertTrue(house.read("/portcullis/v1/plugins/weather")
                .get("problem")
                .asString()
                .contains("no forecast today"));
        assertTrue(house.reload("{\"plugin\": \"weather\"}").body().contains("no forecast today"));
    }

    @Test
    void fileThatIsNoArchiveLeavesTheOldOneServingAndSaysWhy() throws Exception {
        Path two = house.tool("weather", "\"two\"");
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.start("");

        Files.writeString(house.plugins.resolve("weather.jar"), "not an archive");
        house.eventuallyContains("generation 1 goes on serving", () -> house.problem("weather.jar"));
        assertEquals("one", house.says("weather"));

        house.drop(two, "weather.jar");
        house.eventually("two", () -> house.says("weather"));
        assertEquals("", house.problem("weather.jar"));
    }

    @Test
    void othersKeepTheirInstancesWhenOneIsReplaced() throws Exception {
        house.drop(house.tool("tides", INSTANCE), "tides.jar");
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.start("");
        String tides = house.says("tides");

        house.drop(house.tool("weather", "\"two\""), "weather.jar");
        house.eventually("two", () -> house.says("weather"));

        assertEquals(tides, house.says("tides"));
        assertEquals(1, house.generation("tides.jar"));
    }

    @Test
    void settingsOfOnePluginReloadThatPluginAlone() throws Exception {
        house.drop(house.tool("tides", INSTANCE), "tides.jar");
        house.drop(house.tool("weather", "context.config().string(\"unit\").orElse(\"none\")"), "weather.jar");
        house.start("");
        String tides = house.says("tides");
        assertEquals("none", house.says("weather"));

        house.reconfigure("plugins: {entries: {weather: {config: {unit: 'kelvin'}}}}");
        house.eventually("kelvin", () -> house.says("weather"));

        assertEquals(tides, house.says("tides"));
    }

    @Test
    void pluginThatStricterSettingsDoNotTrustIsTakenOutOfService() throws Exception {
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.start("");
        assertEquals("one", house.says("weather"));

        house.reconfigure("plugins: {verify: 'locked'}");

        house.eventually(404, () -> house.status("weather"));
        assertTrue(house.problem("weather.jar").contains("Plugin weather.jar is not loaded"));
        assertTrue(house.problem("weather.jar").contains("plugins.lock"));
    }

    /** A superuser reads everything. */
    @Test
    void pluginsOfAFolderThatCannotBeReadGoOn() throws Exception {
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.start("plugins: {watch: false}");
        Files.setPosixFilePermissions(house.plugins, Set.of());
        try {
            assumeFalse(Files.isReadable(house.plugins));

            house.reload("{\"what\":\"plugins\"}");

            assertEquals("one", house.says("weather"));
            assertEquals(
                    "A folder of plugins cannot be read (" + house.plugins + "). This user may not list what is in it."
                            + " weather.jar, which was loaded from it before, goes on serving. Let the user that the"
                            + " gateway runs as list and enter it, or move it away.",
                    house.problem("plugins"));
        } finally {
            Files.setPosixFilePermissions(house.plugins, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void newcomerWithANameThatServesIsRefusedUntilTheNameIsFree() throws Exception {
        house.drop(house.tool("weather", "\"first\""), "weather.jar");
        house.start("");

        house.drop(house.tool("weather", "\"second\""), "another.jar");
        house.eventuallyContains("weather.jar, which serves and keeps it", () -> house.problem("another.jar"));
        assertEquals("first", house.says("weather"));

        house.remove("weather.jar");
        house.eventually("second", () -> house.says("weather"));
        assertEquals("", house.problem("another.jar"));
    }

    @Test
    void newVersionUnderANewFileNameTakesThePlaceOfTheOldOneWithoutAGap() throws Exception {
        house.drop(house.tool("weather", "\"one\""), "weather-1.0.jar");
        house.start("");

        house.drop(house.tool("weather", "\"two\""), "weather-1.1.jar");
        house.eventuallyContains("which serves and keeps it", () -> house.problem("weather-1.1.jar"));
        house.remove("weather-1.0.jar");
        String said = house.says("weather");
        while (said.equals("one")) {
            said = house.says("weather");
        }

        assertEquals("two", said);
        assertEquals(2, house.generation("weather-1.1.jar"));
    }

    @Test
    void withoutWatchingNothingChangesUntilSomebodyAsks() throws Exception {
        house.drop(house.tool("weather", INSTANCE), "weather.jar");
        house.start("plugins: {watch: false}");
        house.drop(house.tool("tides", "\"high\""), "tides.jar");
        HotHouse.anotherWhile();
        assertEquals(404, house.status("tides"));
        String weather = house.says("weather");

        assertEquals(200, house.reload("{\"what\":\"plugins\"}").statusCode());

        assertEquals("high", house.says("tides"));
        assertEquals(weather, house.says("weather"));
    }

    @Test
    void pluginThatSomebodyAsksForIsLoadedAnewAlthoughItsFileIsTheSame() throws Exception {
        house.drop(house.tool("weather", INSTANCE), "weather.jar");
        house.start("");
        String before = house.says("weather");

        assertEquals(
                "{\"ok\":true,\"changes\":[\"Plugin weather.jar is served as generation 2.\"],\"problems\":[],\"restart\":[]}",
                house.reload("{\"plugin\":\"weather\"}").body());

        assertNotEquals(before, house.says("weather"));
    }

    @Test
    void toolsOfANewPluginThatPolicyHidesAreNamedWithWhatWouldShowThem() throws Exception {
        house.start("plugins: {watch: false}, tools: {allow: ['sessions_list']}");
        house.drop(house.tool("weather", "\"one\""), "weather.jar");

        String answer = house.reload("{\"what\":\"plugins\"}").body();

        assertTrue(
                answer.contains("Tool weather of weather is hidden by tools.allow. To show it: tools.allow: add"
                        + " \\\"weather\\\""),
                answer);
    }

    @Test
    void signalReadsConfigurationAndPluginsAgain() throws Exception {
        house.start("plugins: {watch: false}");
        house.drop(house.tool("weather", "\"one\""), "weather.jar");

        house.gateway().reload();

        assertEquals("one", house.says("weather"));
    }

    @Test
    void pluginsRunFromCopiesOfTheirOwnWhichGoWithThem() throws Exception {
        Path jar = house.plugins.resolve("weather.jar");
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.start("");
        assertEquals(1, copies().size());
        assertTrue(copies().getFirst().getFileName().toString().matches("[0-9a-f]{64}\\.jar"), copies().toString());

        house.drop(house.tool("weather", "\"two\""), "weather.jar");
        house.eventually("two", () -> house.says("weather"));

        house.eventually(1, () -> copies().size());
        assertTrue(Files.exists(jar));
    }

    private List<Path> copies() throws Exception {
        try (Stream<Path> files = Files.list(house.state().resolve("plugins"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void pluginThatHangsWhileItIsLoadedIsNotTriedAgainForTheSakeOfOthers() throws Exception {
        house.start("plugins: {loadTimeoutMs: 1000}");
        Path tried = home.resolve("tried");
        house.drop(house.compile("stuck", """
                        import dev.portcullis.gateway.api.plugin.*;
                        import dev.portcullis.gateway.api.tool.*;
                        import java.nio.file.*;
                        import java.util.*;
                        public class Tools implements ToolProvider {
                            public String name() { return "stuck"; }
                            public List<Tool> tools(PluginContext context) throws Exception {
                                Files.writeString(Path.of("%s"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                                Thread.sleep(60_000);
                                return List.of();
                            }
                        }
                        """.formatted(tried)), "stuck.jar");
        house.eventuallyContains("stuck.jar is not loaded", () -> house.problem("stuck.jar"));

        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.eventually("one", () -> house.says("weather"));

        assertEquals("x", Files.readString(tried));
        assertTrue(house.problem("stuck.jar").contains("stuck.jar is not loaded"));
        assertEquals(200, house.reload("{\"what\":\"plugins\"}").statusCode());
        assertEquals("xx", Files.readString(tried));
    }

    @Test
    void settingsThatWouldNotStartAreNotServed() throws Exception {
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.start("");

        house.reconfigure("tools: {deny: ['weather']}, plugins: {entries: {absent: {required: true}}}");

        house.eventually(
                true,
                () -> house.read("/portcullis/v1/status")
                        .at("/reload/skipped")
                        .toString()
                        .contains("required plugin \\\"absent\\\" is not loaded"));
        assertEquals("one", house.says("weather"));
        assertTrue(house.read("/readyz").get("skipped").toString().contains("config reload skipped"));
    }
}
