package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the gateway must not start: without what is missing it would let in, or permit, more. */
final class FailClosedTest extends InPluginHouse {
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
}
