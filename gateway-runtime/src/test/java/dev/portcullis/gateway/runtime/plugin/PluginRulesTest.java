package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which plugins serve: clashes, the configuration's say, and when the gateway must not start. */
final class PluginRulesTest {
    private static final String TRACE = "tiny.rules.trace";
    private static final String POLICY = """
            import dev.portcullis.gateway.api.plugin.*;
            import dev.portcullis.gateway.api.policy.*;
            public class Rules implements PolicySourceProvider {
                public String name() { return "%s"; }
                public PolicySource create(PluginContext context) { %s }
            }
            """;
    private static final String AUTH = """
            import dev.portcullis.gateway.api.plugin.*;
            import dev.portcullis.gateway.api.auth.*;
            public class Keys implements AuthProvider {
                public String name() { return "%s"; }
                public Kind kind() { return %s; }
                public Authenticator create(PluginContext context) { %s }
            }
            """;

    @TempDir
    Path home;

    private PluginHouse house;
    private TinyPlugins tiny;

    @BeforeEach
    void build() throws IOException {
        house = new PluginHouse(home);
        tiny = house.tiny;
        System.clearProperty(TRACE);
    }

    @AfterEach
    void forget() {
        System.clearProperty(TRACE);
    }

    private Path policyPlugin(String name, String create) {
        return tiny.source()
                .module(
                        "acme.rules",
                        "provides dev.portcullis.gateway.api.policy.PolicySourceProvider with acme.rules.Rules;")
                .type("acme.rules.Rules", POLICY.formatted(name, create))
                .jar(house.at("rules.jar"));
    }

    private Path authPlugin(String name, String kind, String create) {
        return tiny.source()
                .module("acme.keys", "provides dev.portcullis.gateway.api.auth.AuthProvider with acme.keys.Keys;")
                .type("acme.keys.Keys", AUTH.formatted(name, kind, create))
                .jar(house.at("keys.jar"));
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

    private static ToolProvider builtIn(String name, String tool) {
        return new ToolProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Tool> tools(PluginContext context) {
                return List.of(Tool.of(ToolDescriptor.named(tool).build(), call -> ToolResult.text("built in")));
            }
        };
    }

    private String fatal() {
        PluginStartException stopped =
                assertThrows(PluginStartException.class, () -> house.load().close());
        assertTrue(stopped.problems().getFirst().fatal());
        assertTrue(stopped.getMessage().contains(stopped.problems().getFirst().why()));
        return stopped.problems().getFirst().text();
    }

    @Test
    void policySourceAndAuthenticatorAreHandedOver() throws Exception {
        policyPlugin("rules", "return c -> PolicyAnswer.noOpinion();");
        authPlugin("keys", "Kind.IDENTITY", "return r -> null;");

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals(
                    "rules",
                    PluginHouse.plugin(set, "rules.jar")
                            .policySources()
                            .getFirst()
                            .name());
            var authenticator =
                    PluginHouse.plugin(set, "keys.jar").authenticators().getFirst();
            assertEquals("keys", authenticator.name());
            assertEquals(dev.portcullis.gateway.api.auth.AuthProvider.Kind.IDENTITY, authenticator.kind());
        }
    }

    @Test
    void twoPluginsWithOneProviderNameAreBothRefused() throws Exception {
        tiny.tool("acme.a", "same", "tool_a").jar(house.at("a.jar"));
        tiny.tool("acme.b", "same", "tool_b").jar(house.at("b.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), PluginHouse.toolNames(set));
            assertEquals(
                    List.of("a.jar", "b.jar"),
                    set.problems().stream().map(PluginProblem::plugin).toList());
            assertTrue(set.problems()
                    .getFirst()
                    .text()
                    .contains("Its provider \"same\" has the name of one of b.jar, and neither can be preferred"));
        }
    }

    @Test
    void twoPluginsWithOneToolNameAreBothRefusedAndAThirdServes() throws Exception {
        tiny.tool("acme.a", "a", "same").jar(house.at("a.jar"));
        tiny.tool("acme.b", "b", "same").jar(house.at("b.jar"));
        tiny.tool("acme.c", "c", "other").jar(house.at("c.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of("other"), PluginHouse.toolNames(set));
            assertEquals(2, set.problems().size());
            assertTrue(set.problems().getFirst().text().contains("Its tool \"same\" has the name of one of b.jar"));
        }
    }

    @Test
    void toolsThatPolicyCannotTellApartClash() throws Exception {
        tiny.tool("acme.a", "a", "cron").jar(house.at("a.jar"));
        tiny.tool("acme.b", "b", "automations").jar(house.at("b.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), PluginHouse.toolNames(set));
            assertTrue(
                    set.problems().getFirst().text().contains("Its tool \"automations\" has the name of one of b.jar"));
        }
    }

    @Test
    void builtInKeepsTheNameOfItsProviderAndItsTool() throws Exception {
        house.tools.add(builtIn("core", "exec_core"));
        tiny.tool("acme.a", "core", "tool_a").jar(house.at("a.jar"));
        tiny.tool("acme.b", "b", "exec_core").jar(house.at("b.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of("exec_core"), PluginHouse.toolNames(set));
            assertEquals("built in", PluginHouse.answer(set, "exec_core"));
            assertEquals(2, set.problems().size());
            assertTrue(set.problems().getFirst().text().contains("the built-in"), set.problems()::toString);
            assertTrue(set.problems().getFirst().text().contains("which keeps it"), set.problems()::toString);
        }
    }

    @Test
    void builtInsAreGenerationZeroWithEveryService() throws Exception {
        house.tools.add(builtIn("core", "core_tool"));

        try (PluginSet set = house.load()) {
            LoadedPlugin core = set.plugins().stream()
                    .filter(plugin -> !plugin.tools().isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertEquals(0, core.identity().generation());
            assertEquals(PluginOrigin.BUILT_IN, core.identity().origin());
            assertEquals(LoadingKind.BOOT, core.identity().kind());
            assertEquals(Set.of("sessions", "invoker", "config"), core.grantedServices("core"));
            assertTrue(PluginHouse.tool(set, "core_tool").description().builtIn());
        }
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
        house.tools.add(builtIn("core", "core_tool"));
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
        house.tools.add(builtIn("core", "core_tool"));
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
    void brokenPolicySourceStopsTheStart() throws Exception {
        policyPlugin("rules", "throw new IllegalStateException(\"no rules\");");

        String why = fatal();

        assertTrue(why.contains("threw IllegalStateException: no rules"), why);
        assertTrue(why.contains("without its rules more would be allowed"), why);
    }

    @Test
    void policySourceThatReturnsNullStopsTheStart() throws Exception {
        policyPlugin("rules", "return null;");

        assertTrue(fatal().contains("create(…) returned null"));
    }

    @Test
    void policySourceInAnUntrustedFileStopsTheStart() throws Exception {
        Path jar = policyPlugin("rules", "return c -> PolicyAnswer.noOpinion();");
        Files.setPosixFilePermissions(jar, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));

        assertTrue(fatal().contains("can be written by every user"));
    }

    @Test
    void policySourceThatIsSwitchedOffStopsNothing() throws Exception {
        policyPlugin("rules", "throw new IllegalStateException(\"no rules\");");
        house.disable("rules");

        house.load().close();
    }

    @Test
    void authProviderThatTheModeNamesStopsTheStartWhenItIsBroken() throws Exception {
        authPlugin("keys", "Kind.IDENTITY", "throw new IllegalStateException(\"no file\");");
        house.mode = "keys";

        assertTrue(fatal().contains("gateway.auth.mode names it."));
    }

    @Test
    void authProviderWithoutKindIsAContractViolation() throws Exception {
        authPlugin("keys", "null", "return r -> null;");
        house.authProviders.add("keys");

        String why = fatal();

        assertTrue(why.contains("kind() returned null"), why);
        assertTrue(why.contains("gateway.auth.providers names it."), why);
    }

    @Test
    void brokenAuthProviderThatNothingNamesIsQuarantined() throws Exception {
        authPlugin("keys", "Kind.IDENTITY", "throw new IllegalStateException(\"no file\");");

        try (PluginSet set = house.load()) {
            assertEquals(1, set.problems().size());
            assertFalse(set.problems().getFirst().fatal());
        }
    }

    @Test
    void missingAuthProviderStopsTheStartAndNamesThoseThatAreThere() throws Exception {
        house.mode = "tokn";

        String why = fatal();

        assertTrue(why.contains("The AuthProvider \"tokn\" is not there (gateway.auth.mode)"), why);
        assertTrue(why.contains("there are: token."), why);
    }

    @Test
    void requiredPluginThatIsBrokenStopsTheStart() throws Exception {
        Files.writeString(house.at("weather.jar"), "half");
        house.require("weather");

        String why = fatal();

        assertTrue(why.contains("cannot be read as a jar"), why);
        assertTrue(why.contains("plugins.entries.weather.required is true"), why);
    }

    @Test
    void requiredPluginThatIsMissingStopsTheStart() throws Exception {
        house.require("weather");

        assertTrue(fatal().contains("The required plugin \"weather\" is not loaded"));
    }

    @Test
    void requiredPluginThatIsDeniedStopsTheStartAndSaysWhy() throws Exception {
        tiny.tool("acme.a", "weather", "tool_a").jar(house.at("a.jar"));
        house.require("weather");
        house.deny.add("weather");

        assertTrue(fatal().contains("Kept out by the configuration: a.jar (plugins.deny names \"weather\")"));
    }

    @Test
    void requiredPluginThatServesStopsNothing() throws Exception {
        tiny.tool("acme.a", "weather", "tool_a").jar(house.at("a.jar"));
        house.require("weather");

        try (PluginSet set = house.load()) {
            assertEquals(List.of("tool_a"), PluginHouse.toolNames(set));
        }
    }

    @Test
    void brokenBuiltInStopsTheStart() {
        house.tools.add(new ToolProvider() {
            @Override
            public String name() {
                return "core";
            }

            @Override
            public List<Tool> tools(PluginContext context) {
                throw new IllegalStateException("broken");
            }
        });

        String why = fatal();

        assertTrue(why.contains("threw IllegalStateException: broken"), why);
        assertTrue(why.contains("It is a part of the gateway."), why);
    }

    @Test
    void everyProblemIsReportedWithThoseThatStopTheStartFirst() throws Exception {
        Files.writeString(house.at("a-broken.jar"), "half");
        policyPlugin("rules", "return null;");
        house.mode = "nobody";
        house.require("weather");

        PluginStartException stopped = assertThrows(PluginStartException.class, house::load);

        assertEquals(
                List.of("rules.jar", "nobody", "weather", "a-broken.jar"),
                stopped.problems().stream().map(PluginProblem::plugin).toList());
        assertEquals(
                List.of(true, true, true, false),
                stopped.problems().stream().map(PluginProblem::fatal).toList());
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
