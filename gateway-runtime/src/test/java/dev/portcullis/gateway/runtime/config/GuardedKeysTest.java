package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardedKeysTest {
    @TempDir
    Path directory;

    private List<Widening> wider(String before, String after) {
        Given given = new Given(directory);
        return new GuardedKeys(given.valid(before), false).wideningTo(new GuardedKeys(given.valid(after), false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {tools: {deny: ['a']}}                                              | tools.deny
            {tools: {allow: ['a']}}                                             | tools.allow
            {tools: {profile: 'minimal'}}                                       | tools.profile
            {tools: {sessions: {visibility: 'self'}}}                           | tools.sessions.visibility
            {tools: {agentToAgent: {enabled: false}}}                           | tools.agentToAgent.enabled
            {gateway: {tools: {deny: ['a']}}}                                   | gateway.tools.deny
            {gateway: {auth: {token: 'long-enough-0123456789'}}}                | gateway.auth.token
            {gateway: {auth: {identityScopes: {ann: []}}}}                      | gateway.auth.identityScopes.ann
            {gateway: {auth: {rateLimit: {maxAttempts: 1}}}}                    | gateway.auth.rateLimit
            {gateway: {roles: {default: 'r', definitions: {r: {}}}}}            | gateway.roles.default
            {agents: {entries: {ops: {tools: {deny: ['a']}}}}}                  | agents.entries.ops.tools.deny
            {agents: {defaults: {sandbox: {mode: 'all'}}}}                      | agents.defaults.sandbox.mode
            {channels: {telegram: {groups: {one: {tools: {deny: ['a']}}}}}}     | channels.telegram.groups.one.tools.deny
            {plugins: {enabled: false}}                                         | plugins.enabled
            {plugins: {allow: ['a']}}                                           | plugins.allow
            {plugins: {deny: ['a']}}                                            | plugins.deny
            {plugins: {verify: 'locked'}}                                       | plugins.verify
            {plugins: {capabilities: 'enforce'}}                                | plugins.capabilities
            {plugins: {entries: {rules: {required: true}}}}                     | plugins.entries.rules.required
            {plugins: {entries: {rules: {enabled: false}}}}                     | plugins.entries.rules.enabled
            {plugins: {entries: {rules: {config: {deny: ['a']}}}}}              | plugins.entries.rules.config.deny
            """)
    void ruleThatIsGoneIsLost(String before, String path) {
        assertTrue(
                wider(before, "{}").stream()
                        .anyMatch(one -> one.lost() && one.path().equals(path)),
                () -> wider(before, "{}").toString());
    }

    @Test
    void ruleThatIsAddedLetsNothingPass() {
        assertEquals(
                List.of(),
                wider(
                        "{tools: {allow: ['a', 'b']}}",
                        "{tools: {allow: ['a'], deny: ['b'], profile: 'minimal'}, plugins: {verify: 'locked'},"
                                + " gateway: {tools: {deny: ['a']}, auth: {identityScopes: {ann: []}}}}"));
    }

    @Test
    void whatAListNamesInAdditionIsSaid() {
        Widening wider = wider("{tools: {allow: ['a']}}", "{tools: {allow: ['b', 'a', 'c']}}")
                .getFirst();

        assertEquals("tools.allow: it names in addition: b, c", wider.text());
        assertFalse(wider.lost());
    }

    @Test
    void valuesThatMayBeSecretsAreNotSaid() {
        List<Widening> wider = wider(
                "{gateway: {auth: {token: 'first-0123456789'}}}",
                "{gateway: {auth: {token: 'second-0123456789', password: 'third-0123456789', mode: 'token'}},"
                        + " plugins: {entries: {weather: {config: {key: 'fourth-0123456789'}}}}}");

        assertEquals(
                List.of(
                        "gateway.auth.token: it is another",
                        "gateway.auth.password: it is new",
                        "plugins.entries.weather.config.key: it is new"),
                wider.stream().map(Widening::text).toList());
    }
}
