package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.zoo.LogBook;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policy sources and auth providers that come, change and go while the gateway serves. */
class HotAuthorityTest extends InHotHouse {
    @BeforeEach
    void dropATool() throws Exception {
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
    }

    private Path denying(String tools) {
        return house.provider("policy.PolicySourceProvider", "Rules", "rules", """
                import dev.portcullis.gateway.api.plugin.*;
                import dev.portcullis.gateway.api.policy.*;
                import java.util.*;
                public class Rules implements PolicySourceProvider {
                    public String name() { return "rules"; }
                    public PolicySource create(PluginContext context) {
                        return asked -> PolicyAnswer.of(
                            List.of(ToolPolicy.denying("rules", List.of("%s"))), Validity.untilReload());
                    }
                }
                """.formatted(tools));
    }

    private Path keys(String key) {
        return house.provider("auth.AuthProvider", "Keys", "keys", """
                import dev.portcullis.gateway.api.auth.*;
                import dev.portcullis.gateway.api.plugin.*;
                import java.util.*;
                public class Keys implements AuthProvider {
                    public String name() { return "keys"; }
                    public Kind kind() { return Kind.SHARED_SECRET; }
                    public Authenticator create(PluginContext context) {
                        return request -> request.bearer().filter("%s"::equals).isPresent()
                            ? AuthResult.authenticated(Principal.operator())
                            : AuthResult.abstained(AuthFailure.missing("no_key"));
                    }
                }
                """.formatted(key));
    }

    @Test
    void rulesOfAPolicySourceHoldFromWhenItIsDroppedInUntilItIsTakenAway() throws Exception {
        house.start("");
        assertEquals(200, house.status("weather"));

        house.drop(denying("weather"), "rules.jar");
        house.eventually(404, () -> house.status("weather"));
        house.drop(denying("tides"), "rules.jar");
        house.eventually(200, () -> house.status("weather"));
        house.drop(denying("weather"), "rules.jar");
        house.eventually(404, () -> house.status("weather"));
        house.remove("rules.jar");

        house.eventually(200, () -> house.status("weather"));
    }

    @Test
    void policySourceThatIsTakenAwayIsWarnedOf() throws Exception {
        house.drop(denying("weather"), "rules.jar");
        house.start("plugins: {watch: false}");
        house.remove("rules.jar");

        try (LogBook log = new LogBook()) {
            String answer = house.reload("{\"what\":\"plugins\"}").body();

            assertEquals(
                    1,
                    log.with("WARNING", "The policy source \"rules\" of plugin rules.jar is not asked any more")
                            .size());
            assertTrue(answer.contains("plugins.entries.rules.required = true"), answer);
        }
    }

    @Test
    void settingsThatDoNotTrustAPolicySourceAreNotServed() throws Exception {
        house.drop(denying("weather"), "rules.jar");
        house.start("");

        house.reconfigure("plugins: {verify: 'locked'}");
        String answer = house.reload("{\"what\":\"config\"}").body();

        assertTrue(answer.contains("without its rules more would be allowed"), answer);
        assertEquals(404, house.status("weather"));
    }

    @Test
    void policySourceWhoseReplacementIsBrokenGoesOnDenying() throws Exception {
        house.drop(denying("weather"), "rules.jar");
        house.start("");
        assertEquals(404, house.status("weather"));

        Files.writeString(house.plugins.resolve("rules.jar"), "not an archive");
        house.eventuallyContains("generation 1 goes on serving", () -> house.problem("rules.jar"));

        assertEquals(404, house.status("weather"));
    }

    @Test
    void requiredPolicySourceGoesOnWhenItsFileIsTakenAway() throws Exception {
        house.drop(denying("weather"), "rules.jar");
        house.start("plugins: {entries: {rules: {required: true}}}");

        house.remove("rules.jar");
        house.eventuallyContains("is not removed: generation 1 goes on serving", () -> house.problem("rules.jar"));

        assertEquals(404, house.status("weather"));
    }

    @Test
    void newKeysOfAnAuthProviderHoldAndTheOldOnesDoNot() throws Exception {
        house.drop(keys("alpha"), "keys.jar");
        house.start("providers: ['keys']");
        assertEquals(200, house.statusWith("alpha", "weather"));
        assertEquals(401, house.statusWith("beta", "weather"));

        house.drop(keys("beta"), "keys.jar");
        house.eventually(200, () -> house.statusWith("beta", "weather"));

        assertEquals(401, house.statusWith("alpha", "weather"));
        assertEquals(200, house.status("weather"));
    }

    @Test
    void authProviderThatTheConfigurationNamesGoesOnWhenItsFileIsTakenAway() throws Exception {
        house.drop(keys("alpha"), "keys.jar");
        house.start("providers: ['keys']");

        house.remove("keys.jar");
        house.eventuallyContains("is not removed", () -> house.problem("keys.jar"));

        assertEquals(200, house.statusWith("alpha", "weather"));
        assertEquals(401, house.statusWith("beta", "weather"));
    }

    @Test
    void replacementWithoutTheProviderThatTheConfigurationNamesIsRefused() throws Exception {
        house.drop(keys("alpha"), "keys.jar");
        house.start("providers: ['keys']");

        house.drop(house.tool("tides", "\"high\""), "keys.jar");
        house.eventuallyContains("does not provide \"keys\"", () -> house.problem("keys.jar"));

        assertEquals(200, house.statusWith("alpha", "weather"));
    }

    @Test
    void brokenPolicySourceThatIsNewChangesNothingAndSaysThatARestartWouldFail() throws Exception {
        house.start("");

        house.drop(house.provider("policy.PolicySourceProvider", "Rules", "rules", """
                        import dev.portcullis.gateway.api.plugin.*;
                        import dev.portcullis.gateway.api.policy.*;
                        public class Rules implements PolicySourceProvider {
                            public String name() { return "rules"; }
                            public PolicySource create(PluginContext context) { throw new IllegalStateException("no rules"); }
                        }
                        """), "rules.jar");
        house.eventuallyContains("a restart would fail", () -> house.problem("rules.jar"));

        assertEquals(200, house.status("weather"));
        assertTrue(house.problem("rules.jar").contains("policy source"), house.problem("rules.jar"));
    }

    @Test
    void settingsThatComeWithABrokenPolicySourceAreNotServed() throws Exception {
        house.start("tools: {deny: ['weather']}");
        Path more = Files.createDirectories(home.resolve("more"));
        Path broken = house.provider("policy.PolicySourceProvider", "Rules", "rules", """
                import dev.portcullis.gateway.api.plugin.*;
                import dev.portcullis.gateway.api.policy.*;
                public class Rules implements PolicySourceProvider {
                    public String name() { return "rules"; }
                    public PolicySource create(PluginContext context) { return null; }
                }
                """);
        Files.copy(broken, more.resolve("rules.jar"));

        house.reconfigure("tools: {deny: []}, plugins: {load: {paths: ['" + more + "']}}");
        house.eventually(true, () -> house.read("/readyz").has("skipped"));

        assertEquals(404, house.status("weather"));
    }
}
