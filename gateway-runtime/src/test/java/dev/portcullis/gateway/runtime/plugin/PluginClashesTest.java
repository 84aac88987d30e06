package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who has a name that more than one plugin claims. */
final class PluginClashesTest extends InPluginHouse {
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
        house.tools.add(PluginHouse.builtIn("core", "exec_core"));
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
        house.tools.add(PluginHouse.builtIn("core", "core_tool"));

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
}
