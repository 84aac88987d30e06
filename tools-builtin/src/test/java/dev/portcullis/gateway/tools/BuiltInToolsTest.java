package dev.portcullis.gateway.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInToolsTest {
    private final FakeServices services = new FakeServices();

    @Test
    void moduleProvidesItsThreeProviders() {
        List<String> provided = SessionTools.class.getModule().getDescriptor().provides().stream()
                .flatMap(service -> service.providers().stream())
                .toList();

        assertEquals(
                List.of(SessionTools.class.getName(), AgentTools.class.getName(), GatewayTools.class.getName()),
                provided);
    }

    @Test
    void emptyListLooksAsRecorded() throws Exception {
        assertEquals("{count=0, sessions=[], hasMore=false, limitApplied=100}", details("sessions_list"));
        assertEquals("{count=0, sessions=[], hasMore=false, limitApplied=5}", details("sessions_list", "limit", 5));
    }

    @Test
    void listedSessionLooksAsRecorded() throws Exception {
        services.keep("agent:main:lane-a", "Lane A");

        assertEquals(
                "{count=1, sessions=[{key=agent:main:lane-a, sessionId=id-agent:main:lane-a, agentId=main, kind=other,"
                        + " channel=unknown, archived=false, pinned=false, label=Lane A, displayName=Lane A,"
                        + " parentSessionKey=agent:main:main, updatedAt=0, messages=[]}], hasMore=false,"
                        + " limitApplied=100}",
                details("sessions_list", "messageLimit", 2));
    }

    @Test
    void schemasHaveTheirKeysInOneOrder() throws Exception {
        Map<?, ?> properties =
                (Map<?, ?>) tool("sessions_list").descriptor().input().toMap().get("properties");

        assertEquals(
                "{type=[array, string], items={type=string, enum=[main, group, cron, hook, node, other]},"
                        + " description=Only these kinds}",
                properties.get("kinds").toString());
        assertEquals(
                "{enum=[true, false, all], description=true: none, no session is archived here}",
                properties.get("archived").toString());
    }

    @Test
    void listIsCutAndSaysHowToGoOn() throws Exception {
        services.keep("agent:main:a", "A").keep("agent:main:b", "B").keep("agent:main:c", "C");

        Map<?, ?> first = run("sessions_list", Map.of("limit", 2));
        Map<?, ?> rest = run("sessions_list", Map.of("limit", 2, "offset", 2));

        assertEquals(List.of("agent:main:a", "agent:main:b"), keys(first));
        assertEquals(true, first.get("hasMore"));
        assertEquals(2L, first.get("nextOffset"));
        assertEquals(List.of("agent:main:c"), keys(rest));
        assertFalse(rest.containsKey("nextOffset"));
    }

    @Test
    void listIsFiltered() throws Exception {
        services.keep("agent:main:main", "Home")
                .keep("agent:main:telegram:group:-1", "Team")
                .keep("agent:main:subagent:x", "Helper");

        assertEquals(List.of("main"), keys(run("sessions_list", Map.of("kinds", List.of("main")))));
        assertEquals(List.of("main"), keys(run("sessions_list", Map.of("kinds", "main"))));
        assertEquals(List.of("agent:main:telegram:group:-1"), keys(run("sessions_list", Map.of("search", "TEAM"))));
        assertEquals(List.of("agent:main:subagent:x"), keys(run("sessions_list", Map.of("label", "Helper"))));
        assertEquals(
                2, keys(run("sessions_list", Map.of("excludeSubagents", true))).size());
        assertEquals(List.of(), keys(run("sessions_list", Map.of("activeMinutes", 5))));
        assertEquals(List.of(), keys(run("sessions_list", Map.of("archived", true))));
        assertEquals(3, keys(run("sessions_list", Map.of("archived", "all"))).size());
        assertEquals(List.of(), keys(run("sessions_list", Map.of("projectId", "p"))));
        assertEquals(List.of(), keys(run("sessions_list", Map.of("agentId", "ops"))));
    }

    @Test
    void unknownKindIsTheCallersMistake() {
        assertRefused("kinds must be out of main, group, cron, hook, node, other", "sessions_list", "kinds", "nope");
    }

    @Test
    void restrictedViewIsSaid() throws Exception {
        services.warning = Optional.of("Restricted.");

        assertEquals(
                "{mode=self, restricted=true, warning=Restricted.}",
                String.valueOf(run("sessions_list", Map.of()).get("visibility")));
    }

    @Test
    void emptyHistoryLooksAsRecorded() throws Exception {
        assertEquals(
                "{sessionKey=main, messages=[], truncated=false, droppedMessages=false, contentTruncated=false,"
                        + " contentRedacted=false, bytes=24, pendingInputs={items=[], total=0}}",
                details("sessions_history", "sessionKey", "main"));
    }

    @Test
    void historyLeavesToolsOutUnlessAsked() throws Exception {
        services.keep("agent:main:a", "A", "hello", "tool says", "bye");

        assertEquals(List.of("hello", "bye"), texts(run("sessions_history", Map.of("sessionKey", "agent:main:a"))));
        assertEquals(
                List.of("hello", "tool says", "bye"),
                texts(run("sessions_history", Map.of("sessionKey", "agent:main:a", "includeTools", true))));
        assertEquals(
                List.of("hello"), texts(run("sessions_history", Map.of("sessionKey", "agent:main:a", "offset", 2))));
    }

    @Test
    void longHistoryIsCutFromTheOldEnd() throws Exception {
        services.keep(
                "agent:main:a",
                "A",
                Stream.generate(() -> "x".repeat(5000)).limit(50).toArray(String[]::new));

        Map<?, ?> history = run("sessions_history", Map.of("sessionKey", "agent:main:a"));

        assertEquals(true, history.get("truncated"));
        assertEquals(true, history.get("droppedMessages"));
        assertEquals(true, history.get("contentTruncated"));
        assertTrue((Long) history.get("bytes") <= 80 * 1024 + 24, String.valueOf(history.get("bytes")));
        List<?> messages = (List<?>) history.get("messages");
        assertEquals(49_000L, ((Map<?, ?>) messages.getLast()).get("timestamp"));
    }

    @Test
    void historyThatCannotBeSeenIsAnAnswerNotAnError() throws Exception {
        assertEquals(
                "{status=error, error=No session found: agent:main:nope}",
                details("sessions_history", "sessionKey", "agent:main:nope"));
        services.refusal = Optional.of("Restricted.");
        assertEquals(
                "{status=forbidden, error=Restricted.}", details("sessions_history", "sessionKey", "agent:main:nope"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void emptyQueryIsRefused(String query) {
        assertRefused("query must not be empty", "sessions_search", "query", query);
    }

    @Test
    void queryIsBounded() {
        assertRefused("query must not exceed 4096 characters", "sessions_search", "query", "x".repeat(4097));
    }

    @Test
    void searchShowsTheSurroundingsOfTheWord() throws Exception {
        assertEquals("{results=[]}", details("sessions_search", "query", "needle"));
        services.keep("agent:main:a", "A", "x".repeat(500) + " needle " + "y".repeat(500));

        Map<?, ?> found = (Map<?, ?>)
                ((List<?>) run("sessions_search", Map.of("query", "needle")).get("results")).getFirst();

        String snippet = (String) found.get("snippet");
        assertEquals("agent:main:a", found.get("sessionKey"));
        assertTrue(snippet.contains(" needle ") && snippet.length() < 300, snippet);
    }

    @Test
    void statusOfTheCallersSessionLooksAsRecorded() throws Exception {
        Map<?, ?> status = run("session_status", Map.of());

        String card = (String) status.get("statusText");
        assertEquals(
                List.of("ok", "sessionKey", "agentId", "changedModel", "stateVersion", "statusText"),
                List.copyOf(status.keySet()));
        assertEquals("main", status.get("sessionKey"));
        assertTrue(card.startsWith("Portcullis"), card);
    }

    @Test
    void statusNamesTheChannelOfTheSession() throws Exception {
        services.keep("agent:main:telegram:group:-1", "Team");

        assertEquals(
                Map.of("provider", "telegram"),
                run("session_status", Map.of("sessionKey", "agent:main:telegram:group:-1"))
                        .get("origin"));
    }

    @Test
    void statusOfAnUnknownSessionIsTheCallersMistake() {
        assertRefused("No session found: agent:main:nope", "session_status", "sessionKey", "agent:main:nope");
    }

    @Test
    void agentsLookAsRecordedWithoutWhatIsNotConfigured() throws Exception {
        assertEquals("{requester=main, allowAny=false, agents=[{id=main, configured=true}]}", details("agents_list"));
        services.targets =
                List.of(new FakeServices.FakeAgent("ops", Optional.of("Ops"), Optional.of("openai/x"), false));
        assertEquals(
                "{requester=main, allowAny=false, agents=[{id=ops, configured=false, name=Ops, model=openai/x}]}",
                details("agents_list"));
    }

    @Test
    void configurationIsShown() throws Exception {
        assertEquals(
                "{ok=true, result={hash=abc, path=gateway.conf, config={gateway={port=1}}}}",
                details("gateway", "action", "config.get"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.schema.lookup", "update.run"})
    void whatTheGatewayDoesNotOfferIsSaid(String action) {
        assertRefused(action + " is not available on this gateway; use config.get", "gateway", "action", action);
    }

    @Test
    void jsonSizeIsThatOfCompactJson() {
        assertEquals(
                "{\"a\":[1,null,true,\"ü\\n\\u0001\"]}".getBytes(StandardCharsets.UTF_8).length,
                JsonSize.of(Map.of("a", Arrays.asList(1, null, true, "ü\n\u0001"))));
    }

    private static List<Object> keys(Map<?, ?> result) {
        return ((List<?>) result.get("sessions"))
                .stream().<Object>map(row -> ((Map<?, ?>) row).get("key")).toList();
    }

    private static List<Object> texts(Map<?, ?> history) {
        return ((List<?>) history.get("messages"))
                .stream()
                        .<Object>map(row ->
                                ((Map<?, ?>) ((List<?>) ((Map<?, ?>) row).get("content")).getFirst()).get("text"))
                        .toList();
    }

    private String details(String tool) throws Exception {
        return run(tool, Map.of()).toString();
    }

    private String details(String tool, String argument, Object value) throws Exception {
        return run(tool, Map.of(argument, value)).toString();
    }

    private Map<?, ?> run(String name, Map<String, Object> arguments) throws Exception {
        ToolResult result = tool(name).invoke(FakeCall.of(services, arguments));
        return (Map<?, ?>) result.details();
    }

    private void assertRefused(String message, String tool, String argument, String value) {
        ToolInputException refused = assertThrows(
                ToolInputException.class, () -> tool(tool).invoke(FakeCall.of(services, Map.of(argument, value))));
        assertEquals(message, refused.getMessage());
    }

    private static Tool tool(String name) throws Exception {
        for (ToolProvider provider : List.of(new SessionTools(), new AgentTools(), new GatewayTools())) {
            for (Tool tool : provider.tools(null)) {
                if (tool.descriptor().name().equals(name)) {
                    return tool;
                }
            }
        }
        throw new AssertionError("no tool " + name);
    }
}
