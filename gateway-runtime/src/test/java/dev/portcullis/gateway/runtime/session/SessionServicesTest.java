package dev.portcullis.gateway.runtime.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.plugin.GatewayServices.Agent;
import dev.portcullis.gateway.api.plugin.GatewayServices.Session;
import dev.portcullis.gateway.api.plugin.GatewayServices.Sessions;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.runtime.config.AgentsConfig.SandboxMode;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.ToolsConfig.Visibility;
import dev.portcullis.gateway.runtime.session.NewSession.Spawn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionServicesTest {
    private final FakeStore store = new FakeStore();

    @BeforeEach
    void storeSomeSessions() {
        store.create(NewSession.of("agent:main:main", "main"));
        store.create(NewSession.of("agent:main:lane", "main").labelled("Lane").below("agent:main:main"));
        store.create(spawned("agent:main:subagent:a", "agent:main:lane"));
        store.create(spawned("agent:main:subagent:b", "agent:main:subagent:a"));
        store.create(NewSession.of("agent:ops:main", "ops"));
    }

    @ParameterizedTest
    @CsvSource({
        "SELF, agent:main:lane",
        "TREE, agent:main:lane agent:main:subagent:a agent:main:subagent:b",
        "AGENT, agent:main:lane agent:main:main agent:main:subagent:a agent:main:subagent:b",
        "ALL, agent:main:lane agent:main:main agent:main:subagent:a agent:main:subagent:b agent:ops:main"
    })
    void visibilityDecidesWhatIsListed(Visibility mode, String expected) {
        Sessions sessions = from("agent:main:lane", new TestConfig().visibility(mode));

        assertEquals(Arrays.asList(expected.split(" ")), keys(sessions));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELF  | agent:main:main | Session history visibility is restricted to the current session (tools.sessions.visibility=self).
            SELF  | agent:main:nope | Session history visibility is restricted to the current session (tools.sessions.visibility=self).
            TREE  | agent:main:main | Session history visibility is restricted to the current session tree (tools.sessions.visibility=tree).
            AGENT | agent:ops:main  | Session history visibility is restricted. Set tools.sessions.visibility=all to allow cross-agent access.
            """)
    void refusalSaysWhichSettingRefuses(Visibility mode, String key, String text) {
        Sessions sessions = from("agent:main:lane", new TestConfig().visibility(mode));

        assertEquals(Optional.of(text), sessions.refusal(key, "history"));
        assertEquals(Optional.empty(), sessions.find(key));
        assertEquals(List.of(), sessions.transcript(key, 10));
    }

    @Test
    void otherAgentsAreOutOfSightWithoutAgentToAgent() {
        Sessions off = from("agent:main:lane", new TestConfig().agentToAgent(false));
        Sessions notListed = from("agent:main:lane", new TestConfig().agentToAgent(true, "main"));
        Sessions listed = from("agent:main:lane", new TestConfig().agentToAgent(true, "main", "o*"));

        assertTrue(off.refusal("agent:ops:main", "history").orElseThrow().contains("agentToAgent.enabled=true"));
        assertTrue(notListed.refusal("agent:ops:main", "history").orElseThrow().contains("agentToAgent.allow"));
        assertEquals(Optional.empty(), listed.refusal("agent:ops:main", "history"));
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyStarsOfAPatternTakeNoLongerThanFew() {
        String stars = "*a".repeat(30) + "*b";
        String agent = "a".repeat(60);
        store.create(NewSession.of("agent:" + agent + ":main", agent));
        Sessions sessions = from("agent:main:lane", new TestConfig().agentToAgent(true, "main", stars));

        assertTrue(sessions.refusal("agent:" + agent + ":main", "history")
                .orElseThrow()
                .contains("agentToAgent.allow"));
    }

    @Test
    void sandboxedSessionSeesItsOwnTreeAlone() {
        Sessions sessions = from("agent:main:lane", new TestConfig().sandbox(SandboxMode.NON_MAIN));

        assertEquals(List.of("agent:main:lane", "agent:main:subagent:a", "agent:main:subagent:b"), keys(sessions));
        assertEquals("tree", sessions.visibility().mode());
        assertEquals(
                Optional.of(
                        "Session visibility is restricted (effective tools.sessions.visibility=tree: current session +"
                                + " own spawn subtree (sandbox: spawned sessions only)). Sessions outside that scope are omitted"
                                + " from results and count."),
                sessions.visibility().warning());
    }

    @Test
    void sandboxOfNonMainSessionsLeavesTheMainSessionAlone() {
        assertEquals(
                Optional.empty(),
                from("main", new TestConfig().sandbox(SandboxMode.NON_MAIN))
                        .visibility()
                        .warning());
    }

    @Test
    void sandboxedSessionMayBeGivenSightOfAll() {
        assertEquals(
                "all",
                from(
                                "agent:main:lane",
                                new TestConfig().sandbox(SandboxMode.ALL).sandboxSeesAll())
                        .visibility()
                        .mode());
    }

    @Test
    void ownAndMainSessionAreFoundThoughNotKept() {
        store.delete("agent:main:main");
        Sessions sessions = from("agent:main:fresh", new TestConfig());

        Session own = sessions.find("current").orElseThrow();
        Session main = sessions.find("main").orElseThrow();

        assertEquals("agent:main:fresh", own.displayKey());
        assertEquals(Optional.empty(), own.sessionId());
        assertEquals("main", main.displayKey());
        assertEquals("main", main.kind());
        assertEquals(Optional.empty(), sessions.find("agent:main:nope"));
    }

    @Test
    void mainSessionOfAnotherAgentKeepsItsFullKey() {
        assertEquals(
                "agent:ops:main",
                from("main", new TestConfig())
                        .find("agent:ops:main")
                        .orElseThrow()
                        .displayKey());
    }

    @Test
    void parentIsShownOnlyWhereItIsVisible() {
        assertEquals(
                Optional.of("agent:main:main"),
                from("agent:main:lane", new TestConfig()).current().parentKey());
        assertEquals(
                Optional.empty(),
                from("agent:main:lane", new TestConfig().visibility(Visibility.SELF))
                        .current()
                        .parentKey());
    }

    @Test
    void malformedKeyIsTheCallersMistake() {
        Sessions sessions = from("main", new TestConfig());

        assertThrows(ToolInputException.class, () -> sessions.find("agent:main"));
    }

    @Test
    void agentMayHandWorkToItselfUnlessMoreIsConfigured() {
        TestConfig closed = new TestConfig().agents("main", "ops", "dev");
        TestConfig some = new TestConfig()
                .agents("main", "ops", "dev")
                .document(Map.of(
                        "agents",
                        Map.of("entries", Map.of("main", Map.of("subagents", Map.of("allowAgents", List.of("Dev")))))));
        TestConfig any = new TestConfig()
                .agents("main", "ops", "dev")
                .document(Map.of(
                        "agents", Map.of("defaults", Map.of("subagents", Map.of("allowAgents", List.of("*"))))));

        assertEquals(List.of("main"), ids(from("main", closed).targets()));
        assertEquals(List.of("main", "dev"), ids(from("main", some).targets()));
        assertEquals(List.of("main", "ops", "dev"), ids(from("main", any).targets()));
        assertTrue(from("main", any).anyTarget());
    }

    private Sessions from(String key, TestConfig config) {
        GatewayConfig built = config.build();
        InvocationContext context = new SessionResolver(built, store)
                .resolve(new SessionRequest(
                        Principal.operator(),
                        InvocationContext.HTTP,
                        Optional.of(key),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return SessionServices.of(context, built, store);
    }

    private static NewSession spawned(String key, String by) {
        return NewSession.of(key, "main").spawned(new Spawn(by, OptionalInt.of(1), Optional.empty(), List.of(), false));
    }

    private static List<String> keys(Sessions sessions) {
        return sessions.list().stream().map(Session::key).sorted().toList();
    }

    private static List<String> ids(List<Agent> agents) {
        return agents.stream().map(Agent::id).toList();
    }
}
