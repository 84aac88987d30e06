package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the configuration says of plugins: which are looked for, which stay out, and what they get. */
final class PluginSelectionTest extends InPluginHouse {
    private static final String TRACE = "tiny.rules.trace";

    @BeforeEach
    void begin() {
        System.clearProperty(TRACE);
    }

    @AfterEach
    void forget() {
        System.clearProperty(TRACE);
    }

    /** A tool plugin that leaves a trace when any of its code runs. */
    private void tracingPlugin(String file, String nameExpression) {
        tiny.source()
                .module("acme.trace", "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.trace.Tools;")
                .type(
                        "acme.trace.Tools",
                        TinyPlugins.toolProvider("trace", "trace", "\"\"")
                                .replace("return \"trace\";", "return " + nameExpression + ";")
                                .replace(
                                        "ToolProvider {",
                                        "ToolProvider { static { System.setProperty(\"" + TRACE + "\", \"ran\"); }"))
                .jar(house.at(file));
    }

    @Test
    void folderPluginHasTheServicesThatItsEntryLists() throws Exception {
        tiny.tool("acme.a", "a", "tool_a").jar(house.at("a.jar"));
        tiny.tool("acme.b", "b", "tool_b").jar(house.at("b.jar"));
        house.entries.put("a", new PluginsConfig.Entry(Optional.empty(), false, Map.of(), Set.of("sessions")));

        try (PluginSet set = house.load()) {
            assertEquals(Set.of("sessions"), PluginHouse.tool(set, "tool_a").services());
            assertEquals(Set.of(), PluginHouse.tool(set, "tool_b").services());
        }
    }

    @Test
    void disabledBuiltInLosesItsToolsAndNothingStops() throws Exception {
        house.tools.add(PluginHouse.builtIn("core", "core_tool"));
        house.disable("core");

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), PluginHouse.toolNames(set));
            assertEquals(
                    "plugins.entries.core.enabled is false",
                    set.skipped().getFirst().reason());
        }
    }

    @Test
    void switchedOffFolderPluginsLeaveTheBuiltIns() throws Exception {
        house.enabled = false;
        house.tools.add(PluginHouse.builtIn("core", "core_tool"));
        tracingPlugin("trace.jar", "\"trace\"");

        try (PluginSet set = house.load()) {
            assertEquals(List.of("core_tool"), PluginHouse.toolNames(set));
            assertNull(System.getProperty(TRACE));
        }
    }

    @Test
    void deniedPluginNeverRunsUnderAnyOfItsNames() throws Exception {
        for (String name : List.of("trace", "acme-trace", "acme-trace.jar", "acme.trace")) {
            tracingPlugin("acme-trace.jar", "\"trace\"");
            house.deny.clear();
            house.deny.add(name);

            try (PluginSet set = house.load()) {
                assertEquals(List.of(), PluginHouse.toolNames(set));
                assertEquals(List.of(), set.problems());
                assertEquals(
                        "plugins.deny names \"" + name + "\"",
                        set.skipped().getFirst().reason());
                assertNull(System.getProperty(TRACE), name);
            }
        }
    }

    @Test
    void denialOfAPluginThatIsNotThereIsWarnedAboutWithTheNameThatWasMeant() throws Exception {
        tiny.tool("acme.a", "weather", "tool_a").jar(house.at("weather.jar"));
        house.deny.add("wether");

        try (PluginSet set = house.load()) {
            assertEquals(
                    List.of("plugins.deny: \"wether\" is no plugin that was found, so it keeps none out."
                            + " Did you mean \"weather\"?"),
                    set.warnings());
        }
    }

    @Test
    void denialThatKeepsAPluginOutIsNoReasonToWarn() throws Exception {
        tiny.tool("acme.a", "weather", "tool_a").jar(house.at("weather.jar"));
        house.deny.add("weather");

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.warnings());
        }
    }

    @Test
    void disabledPluginNeverRuns() throws Exception {
        tracingPlugin("acme-trace.jar", "\"trace\"");
        house.disable("trace");

        try (PluginSet set = house.load()) {
            assertEquals(
                    "plugins.entries.trace.enabled is false",
                    set.skipped().getFirst().reason());
            assertNull(System.getProperty(TRACE));
        }
    }

    @Test
    void disabledPluginKeepsTheNamesThatItsFilesTell() throws Exception {
        tracingPlugin("acme-trace.jar", "\"trace\"");
        house.disable("trace");

        try (PluginSet set = house.load()) {
            assertEquals(
                    Set.of("acme-trace.jar", "acme-trace", "acme.trace", "trace"),
                    set.skipped().getFirst().names());
            assertNull(System.getProperty(TRACE));
        }
    }

    @Test
    void disabledPluginWhoseNameOnlyItsCodeTellsKeepsThoseOfItsFiles() throws Exception {
        tracingPlugin("acme-trace.jar", "String.valueOf(\"trace\")");
        house.disable("trace");

        try (PluginSet set = house.load()) {
            assertEquals(
                    Set.of("acme-trace.jar", "acme-trace", "acme.trace", "trace"),
                    set.skipped().getFirst().names());
        }
    }

    @Test
    void pluginThatIsDisabledByItsFileNameIsNotLookedIntoForOthers() throws Exception {
        Files.writeString(house.at("acme-trace.jar"), "no archive");
        house.disable("acme-trace");

        try (PluginSet set = house.load()) {
            assertEquals(
                    Set.of("acme-trace.jar", "acme-trace"),
                    set.skipped().getFirst().names());
            assertEquals(List.of(), set.problems());
        }
    }

    @Test
    void providersThatAreKeptOutForReasonsOfTheirOwnKeepTheirOwnNames() throws Exception {
        tiny.source()
                .module(
                        "acme.two",
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.two.One, acme.two.Two;")
                .type(
                        "acme.two.One",
                        TinyPlugins.toolProvider("one", "one", "\"\"").replace("class Tools", "class One"))
                .type(
                        "acme.two.Two",
                        TinyPlugins.toolProvider("two", "two", "\"\"").replace("class Tools", "class Two"))
                .jar(house.at("pair.jar"));
        house.disable("one");
        house.deny.add("two");

        try (PluginSet set = house.load()) {
            assertEquals(
                    Map.of(
                            "plugins.entries.one.enabled is false",
                            Set.of("pair.jar", "pair", "acme.two", "one"),
                            "plugins.deny names \"two\"",
                            Set.of("pair.jar", "pair", "acme.two", "two")),
                    set.skipped().stream().collect(Collectors.toMap(SkippedPlugin::reason, SkippedPlugin::names)));
        }
    }

    @Test
    void pluginThatTheAllowListLacksNeverRuns() throws Exception {
        tracingPlugin("acme-trace.jar", "\"trace\"");
        house.allow.add("other");

        try (PluginSet set = house.load()) {
            assertEquals(
                    "plugins.allow does not list \"trace\"",
                    set.skipped().getFirst().reason());
            assertNull(System.getProperty(TRACE));
        }
    }

    @Test
    void pluginWhoseNameOnlyRunningTellsNeedsItsFileOnTheAllowList() throws Exception {
        tracingPlugin("acme-trace.jar", "\"TRACE\".toLowerCase(java.util.Locale.ROOT)");
        house.allow.add("trace");

        try (PluginSet set = house.load()) {
            assertTrue(set.skipped().getFirst().reason().contains("is not known before it runs"));
            assertNull(System.getProperty(TRACE));
        }

        house.allow.add("acme-trace");
        try (PluginSet set = house.load()) {
            assertEquals(List.of("trace"), PluginHouse.toolNames(set));
        }
    }

    @Test
    void deniedNameThatOnlyRunningTellsCreatesNothing() throws Exception {
        tracingPlugin("acme-trace.jar", "\"TRACE\".toLowerCase(java.util.Locale.ROOT)");
        house.deny.add("trace");

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), PluginHouse.toolNames(set));
            assertEquals(
                    "plugins.deny names \"trace\"", set.skipped().getFirst().reason());
        }
    }

    @Test
    void allowedPluginServes() throws Exception {
        for (String name : List.of("trace", "acme-trace", "acme.trace")) {
            tracingPlugin("acme-trace.jar", "\"trace\"");
            house.allow.clear();
            house.allow.add(name);

            try (PluginSet set = house.load()) {
                assertEquals(List.of("trace"), PluginHouse.toolNames(set), name);
            }
        }
    }

    @Test
    void loadPathsAddJarsAndFolders() throws Exception {
        Path jar = tiny.tool("acme.a", "a", "tool_a").jar(home.resolve("elsewhere/a.jar"));
        tiny.tool("acme.b", "b", "tool_b").jar(home.resolve("more/b.jar"));
        house.loadPaths.addAll(List.of(jar, home.resolve("more"), home.resolve("more"), home.resolve("nowhere")));

        try (PluginSet set = house.load()) {
            assertEquals(List.of("tool_a", "tool_b"), PluginHouse.toolNames(set));
            assertEquals(1, set.problems().size());
            assertTrue(set.problems().getFirst().text().contains("plugins.load.paths names it, but nothing is there"));
        }
    }

    @Test
    void hiddenAndForeignFilesAreIgnored() throws Exception {
        Files.writeString(house.at("README.txt"), "drop jars here");
        Files.writeString(house.at(".hidden.jar"), "half a copy");
        Files.createDirectories(house.at("empty"));
        Files.createDirectories(house.at("lost+found"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals(1, set.plugins().size());
        }
    }

    @Test
    void entryThatMeansNoPluginIsReported() throws Exception {
        house.entry("wether", Map.of());

        try (PluginSet set = house.load()) {
            assertEquals(1, set.warnings().size());
            assertTrue(set.warnings().getFirst().contains("plugins.entries.wether is for a plugin that is not loaded"));
        }
    }
}
