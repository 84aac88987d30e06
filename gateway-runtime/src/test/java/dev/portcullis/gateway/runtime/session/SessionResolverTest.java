package dev.portcullis.gateway.runtime.session;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.runtime.session.InvocationContext.Group;
import dev.portcullis.gateway.runtime.session.InvocationContext.Lineage;
import dev.portcullis.gateway.runtime.session.NewSession.Spawn;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionResolverTest {
    private final FakeStore store = new FakeStore();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                                                         | agent:main:main
            main                                         | agent:main:main
            MAIN                                         | agent:main:main
            "   "                                        | agent:main:main
            "  main  "                                   | agent:main:main
            primary                                      | agent:main:primary
            foo:Bar                                      | agent:main:foo:bar
            My-Lane                                      | agent:main:my-lane
            agent:Main:MAIN                              | agent:main:main
            AGENT:main:Telegram:Group:-100AbC            | agent:main:telegram:group:-100abc
            agent:main:signal:group:AbC=                 | agent:main:signal:group:AbC=
            agent:main:matrix:channel:!AbC:Ex.org:thread:TT | agent:main:matrix:channel:!AbC:Ex.org:thread:TT
            matrix:channel:!AbC:Ex.org                   | agent:main:matrix:channel:!AbC:Ex.org
            telegram:group:1                             | agent:main:telegram:group:1
            agent:main:agent:ops:x                       | agent:main:agent:ops:x
            agent: main :x                               | agent: main :x
            agent:My Agent!:main                         | agent:my agent!:main
            agent:zzz:main                               | agent:zzz:main
            global                                       | global
            unknown                                      | unknown
            hook:abc                                     | agent:main:hook:abc
            """)
    void keyIsPutBelowItsAgent(String sent, String used) {
        assertEquals(used, resolve(new TestConfig(), sent, null).sessionKey());
    }

    @ParameterizedTest
    @CsvSource({
        "agent:b@d id:main, b-d-id, false",
        "agent:unknown:main, unknown, true",
        "agent: main :x, main, false",
        "global, main, false",
        "agent:main:main, main, true",
        "lane, main, false"
    })
    void agentAndMainSessionFollowFromTheKey(String sent, String agent, boolean main) {
        InvocationContext context = resolve(new TestConfig(), sent, null);

        assertEquals(agent, context.agentId());
        assertEquals(main, context.mainSession());
    }

    @ParameterizedTest
    @CsvSource({
        ", agent:main:work",
        "main, agent:main:work",
        "agent:main:main, agent:main:work",
        "work, agent:main:work",
        "agent:main:Work, agent:main:work",
        "other, agent:main:other"
    })
    void configuredMainKeyNamesTheMainSessionAndMainStaysItsAlias(String sent, String used) {
        assertEquals(
                used, resolve(new TestConfig().mainKey(" Work "), sent, null).sessionKey());
    }

    @ParameterizedTest
    @CsvSource({
        ", global, true",
        "main, global, true",
        "agent:main:main, global, true",
        "global, global, true",
        "x, agent:main:x, false",
        "primary, agent:main:primary, false"
    })
    void mainSessionOfTheGlobalScopeIsShared(String sent, String used, boolean main) {
        InvocationContext context = resolve(new TestConfig().globalScope(), sent, null);

        assertEquals(used, context.sessionKey());
        assertEquals(main, context.mainSession());
    }

    @Test
    void mainAliasOfTheGlobalScopeNeedsAConfiguredAgent() {
        assertRefused("Unknown agent id \"zzz\"", new TestConfig().globalScope(), "agent:zzz:main", null);
        assertEquals(
                "agent:zzz:x",
                resolve(new TestConfig().globalScope(), "agent:zzz:x", null).sessionKey());
    }

    @Test
    void requestBelongsToTheDefaultAgent() {
        assertAll(
                () -> assertEquals("main", agentOf(new TestConfig())),
                () -> assertEquals("ops", agentOf(new TestConfig().agents("ops"))),
                () -> assertEquals(
                        "b2", agentOf(new TestConfig().agents("main", "b2").systemAgent("b2"))),
                () -> assertEquals("main", agentOf(new TestConfig().agents("ops", "main"))),
                () -> assertEquals(
                        "dev", agentOf(new TestConfig().agents("ops", "dev").systemAgent("dev"))));
    }

    @ParameterizedTest
    @CsvSource({", main", "MAIN, MAIN", "foo, foo"})
    void requestWithoutOwnerIsRefused(String sent, String quoted) {
        String message = "Multiple agents are configured, but session key \"" + quoted
                + "\" has no explicit owner. Pass agentId or use an agent-prefixed session key.";

        assertRefused(message, new TestConfig().agents("ops", "dev"), sent, null);
        assertRefused(message, new TestConfig().agents("main", "dev").explicitOwnership(), sent, null);
    }

    @Test
    void storedOwnerBeatsTheDefaultAgent() {
        store.create(NewSession.of("global", "dev"));

        assertEquals(
                "dev",
                resolve(new TestConfig().agents("ops", "dev"), "global", null).agentId());
    }

    @ParameterizedTest
    @CsvSource({"ops,, agent:ops:main", "' ops ', lane, agent:ops:lane", "ops, agent:ops:main, agent:ops:main"})
    void agentIdOwnsTheSession(String agentId, String sent, String used) {
        InvocationContext context = resolve(new TestConfig().agents("main", "ops"), sent, agentId);

        assertEquals(used, context.sessionKey());
        assertEquals("ops", context.agentId());
    }

    @ParameterizedTest
    @CsvSource({
        "ghost,, 'Unknown agent id \"ghost\"'",
        "b@d id,, 'Unknown agent id \"b@d id\"'",
        "ghost, agent:main:main, 'Unknown agent id \"ghost\"'",
        "ops, agent:main:main, 'agent \"ops\" does not match session key agent \"main\"'",
        "OPS, agent:main:main, 'agent \"ops\" does not match session key agent \"main\"'",
        "OPS,, 'agent id \"OPS\" does not match session agent \"ops\"'"
    })
    void agentIdThatDoesNotFitIsRefused(String agentId, String sent, String message) {
        assertRefused(message, new TestConfig().agents("main", "ops"), sent, agentId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"harness:codex:x", "agent:main:harness:codex:x", "Agent:Main:HARNESS:x"})
    void harnessKeysAreReserved(String sent) {
        assertRefused(
                "Session key namespace is reserved for agent harness-owned sessions.", new TestConfig(), sent, null);
    }

    @Test
    void storedSessionOfTheReservedNameSpaceIsServed() {
        store.create(NewSession.of("agent:main:harness:notes", "main"));

        assertEquals(
                "agent:main:harness:notes",
                resolve(new TestConfig(), "harness:notes", null).sessionKey());
    }

    @ParameterizedTest
    @CsvSource({
        ", telegram, telegram, telegram",
        ", ' GChat ', googlechat, googlechat",
        ", Teams, msteams, msteams",
        ", my-channel, my-channel, my-channel",
        "agent:main:slack:group:1, telegram, slack, telegram",
        "agent:main:slack:direct:1, telegram, slack, telegram"
    })
    void channelOfTheKeyBeatsTheHeader(String sent, String header, String channel, String hint) {
        InvocationContext context = resolver(new TestConfig())
                .resolve(new SessionRequest(
                        Principal.operator(),
                        InvocationContext.HTTP,
                        Optional.ofNullable(sent),
                        Optional.empty(),
                        Optional.of(header),
                        Optional.of(" Work ")));

        assertEquals(Optional.of(channel), context.channel());
        assertEquals(Optional.of(hint), context.channelHint());
        assertEquals(Optional.of("work"), context.accountId());
    }

    @Test
    void headerAloneSelectsNoGroup() {
        InvocationContext context = resolver(new TestConfig())
                .resolve(new SessionRequest(
                        Principal.operator(),
                        InvocationContext.HTTP,
                        Optional.of("agent:main:group:-100111"),
                        Optional.empty(),
                        Optional.of("telegram"),
                        Optional.empty()));

        assertEquals(Optional.empty(), context.group());
    }

    @Test
    void spawnedSessionInheritsRulesDepthAndGroup() {
        store.create(NewSession.of("agent:main:telegram:group:-5", "main"));
        store.create(NewSession.of("agent:main:subagent:a", "main")
                .spawned(new Spawn(
                        "agent:main:telegram:group:-5",
                        OptionalInt.of(3),
                        Optional.of(List.of("web_*")),
                        List.of("tts"),
                        true)));

        InvocationContext context = resolve(new TestConfig(), "subagent:a", null);

        assertEquals(3, context.subagentDepth());
        assertEquals(Optional.of(new Group("telegram", "-5")), context.group());
        assertEquals(
                Optional.of(new Lineage(
                        "agent:main:telegram:group:-5", 3, Optional.of(List.of("web_*")), List.of("tts"), true)),
                context.lineage());
    }

    @Test
    void spawnChainThatGoesRoundEnds() {
        store.create(NewSession.of("agent:main:subagent:a", "main")
                .spawned(new Spawn("agent:main:subagent:b", OptionalInt.of(1), Optional.empty(), List.of(), false)));
        store.create(NewSession.of("agent:main:subagent:b", "main")
                .spawned(new Spawn("agent:main:subagent:a", OptionalInt.of(1), Optional.empty(), List.of(), false)));

        assertEquals(
                Optional.empty(), resolve(new TestConfig(), "subagent:a", null).group());
    }

    @Test
    void acpSessionCountsAsSubagentOnlyIfItWasSpawned() {
        store.create(NewSession.of("agent:main:acp:spawned", "main")
                .spawned(new Spawn("agent:main:main", OptionalInt.of(1), Optional.empty(), List.of(), false)));

        assertEquals(1, resolve(new TestConfig(), "acp:spawned", null).subagentDepth());
        assertEquals(0, resolve(new TestConfig(), "acp:x", null).subagentDepth());
        assertEquals(
                5,
                resolve(new TestConfig(), "subagent:1:subagent:2:subagent:3:subagent:4:subagent:5", null)
                        .subagentDepth());
    }

    @Test
    void nothingIsStoredByResolving() {
        resolve(new TestConfig(), "lane", null);

        assertTrue(store.list().isEmpty());
        assertFalse(store.find("agent:main:lane").isPresent());
    }

    private String agentOf(TestConfig config) {
        return resolve(config, null, null).agentId();
    }

    private InvocationContext resolve(TestConfig config, String key, String agentId) {
        return resolver(config)
                .resolve(new SessionRequest(
                        Principal.operator(),
                        InvocationContext.HTTP,
                        Optional.ofNullable(key),
                        Optional.ofNullable(agentId),
                        Optional.empty(),
                        Optional.empty()));
    }

    private void assertRefused(String message, TestConfig config, String key, String agentId) {
        InvalidSessionException refused =
                assertThrows(InvalidSessionException.class, () -> resolve(config, key, agentId));
        assertEquals(message, refused.getMessage());
    }

    private SessionResolver resolver(TestConfig config) {
        return new SessionResolver(config.build(), store);
    }
}
