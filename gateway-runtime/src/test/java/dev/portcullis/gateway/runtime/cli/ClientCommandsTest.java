package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCommandsTest {
    private static final String ECHO =
            "{\"ok\":true,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"two\\nlines\"}],\"details\":{\"n\":2}}}";

    @TempDir
    Path stateDir;

    private final FakeGateway gateway = new FakeGateway();
    private CommandRunner portcullis;

    @BeforeEach
    void knowTheGateway() {
        portcullis = new CommandRunner(stateDir).port(gateway.port()).token(FakeGateway.TOKEN);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void pluginsReloadNamesThePluginAndPrintsWhatChanged() {
        gateway.answering(
                "POST /portcullis/v1/reload",
                200,
                "{\"ok\":true,\"changes\":[\"Plugin weather.jar is served as generation 2.\"],\"restart\":[]}");

        CommandRunner.Ran ran = portcullis.run("plugins", "reload", "weather");

        assertEquals("Reloaded:\n  Plugin weather.jar is served as generation 2.\n", ran.out());
        assertEquals(
                "{\"what\":\"plugins\",\"plugin\":\"weather\"}", gateway.last().body());
        assertEquals(0, ran.exit());
    }

    @Test
    void configReloadThatIsRefusedSaysWhyAndFails() {
        gateway.answering(
                "POST /portcullis/v1/reload",
                400,
                "{\"ok\":false,\"error\":{\"type\":\"reload_skipped\",\"message\":\"Nothing was changed: tools.deny\"}}");

        CommandRunner.Ran ran = portcullis.run("config", "reload");

        assertTrue(ran.err().contains("Nothing was changed: tools.deny"), ran.err());
        assertEquals("{\"what\":\"config\"}", gateway.last().body());
        assertEquals(1, ran.exit());
    }

    @Test
    void invokePrintsTheTextOfTheResult() {
        gateway.answering("POST /tools/invoke", 200, ECHO);

        CommandRunner.Ran ran = portcullis.run("invoke", "echo");

        assertAll(
                () -> assertEquals("", ran.err()),
                () -> assertEquals("two\nlines\n", ran.out()),
                () -> assertEquals(0, ran.exit()));
    }

    @Test
    void invokeSendsArgumentsSessionAndChannel() {
        gateway.answering("POST /tools/invoke", 200, ECHO);

        portcullis.run(
                "invoke",
                "echo",
                "--args",
                "{\"a\":1,\"b\":\"x\"}",
                "--arg",
                "b=2.5",
                "--arg",
                "c=text = with equals",
                "--arg",
                "d=\"7\"",
                "--arg",
                "e=[true,null]",
                "--session",
                "agent:ops:main",
                "--agent",
                "ops",
                "--action",
                "read",
                "--channel",
                "telegram");

        assertEquals(
                "{\"tool\":\"echo\",\"args\":{\"a\":1,\"b\":2.5,\"c\":\"text = with equals\",\"d\":\"7\",\"e\":[true,null]},"
                        + "\"action\":\"read\",\"sessionKey\":\"agent:ops:main\",\"agentId\":\"ops\"}",
                gateway.last().body());
        assertEquals("telegram", gateway.last().channel());
    }

    @Test
    void invokeKeepsTheDigitsOfNumbersBothWays() {
        String numbers = "{\"a\":12345678901.12345678901,\"b\":1.50,\"c\":123456789012345678901234567890}";
        gateway.answering("POST /tools/invoke", 200, "{\"ok\":true,\"result\":{\"details\":" + numbers + "}}");

        CommandRunner.Ran ran = portcullis.run(
                "invoke",
                "echo",
                "--json",
                "--args",
                "{\"a\":12345678901.12345678901}",
                "--arg",
                "b=1.50",
                "--arg",
                "c=123456789012345678901234567890");

        assertEquals(
                "{\"tool\":\"echo\",\"args\":" + numbers + "}", gateway.last().body());
        assertEquals(
                "{\"ok\":true,\"result\":{\"details\":" + numbers + "}}",
                ran.out().replaceAll("\\s", ""));
    }

    @Test
    void invokeReadsArgumentsFromStandardInput() {
        gateway.answering("POST /tools/invoke", 200, ECHO);

        portcullis.input("{\"text\":\"from a pipe\"}").run("invoke", "echo", "--args", "-");

        assertEquals(
                "{\"tool\":\"echo\",\"args\":{\"text\":\"from a pipe\"}}",
                gateway.last().body());
    }

    @Test
    void invokeInJsonPrintsTheAnswerAsItIs() {
        gateway.answering("POST /tools/invoke", 200, ECHO);

        CommandRunner.Ran ran = portcullis.run("invoke", "echo", "--json");

        assertEquals(Json.parse(ECHO).orElseThrow().value(), ran.json());
    }

    @Test
    void aResultWithoutContentIsPrintedAsJson() {
        gateway.answering("POST /tools/invoke", 200, "{\"ok\":true,\"result\":{\"ok\":true}}");

        assertEquals("{\n  \"ok\": true\n}\n", portcullis.run("invoke", "quiet").out());
    }

    @Test
    void aHiddenToolFailsAndSaysHowToLearnWhy() {
        gateway.answering(
                "POST /tools/invoke",
                404,
                "{\"ok\":false,\"error\":{\"type\":\"not_found\",\"message\":\"Tool not available: exec\"}}");

        CommandRunner.Ran ran = portcullis.run("invoke", "exec");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertEquals("", ran.out()),
                () -> assertTrue(ran.err().contains("\"portcullis tools explain exec\""), ran.err()));
    }

    @Test
    void aFailedToolInJsonIsTheGatewaysErrorAndExitCodeOne() {
        String error = "{\"ok\":false,\"error\":{\"type\":\"tool_error\",\"message\":\"tool execution failed\"}}";
        gateway.answering("POST /tools/invoke", 500, error);

        CommandRunner.Ran ran = portcullis.run("invoke", "broken", "--json");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertEquals(Json.parse(error).orElseThrow().value(), ran.json()));
    }

    @Test
    void aResultCannotSteerTheTerminal() {
        gateway.answering(
                "POST /tools/invoke",
                200,
                "{\"ok\":true,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"a\\u001b[2Jb\"}]}}");

        assertFalse(portcullis.run("invoke", "evil").out().contains("\u001b"));
    }

    @Test
    void toolsListShowsWhatIsReachableAndWhatHidesTheRest() {
        gateway.answering("GET /portcullis/v1/tools?agentId=ops&channel=telegram&sessionKey=main", 200, """
                {"context":{},"tools":[
                 {"name":"agents_list","plugin":"core","description":"Lists agents","allowed":true},
                 {"name":"exec","plugin":"shell","description":"Runs","allowed":false,
                  "label":"gateway.tools.deny","reason":"denied over HTTP"}]}""");

        CommandRunner.Ran ran =
                portcullis.run("tools", "list", "--session", "main", "--agent", "ops", "--channel", "telegram");

        assertAll(
                () -> assertEquals("", ran.err()),
                () -> assertTrue(ran.out().contains("TOOL         PLUGIN  DESCRIPTION\n"), ran.out()),
                () -> assertTrue(ran.out().contains("agents_list  core    Lists agents\n"), ran.out()),
                () -> assertTrue(
                        ran.out().contains("exec         shell   gateway.tools.deny  denied over HTTP\n"), ran.out()));
    }

    @Test
    void toolsDescribeShowsTheArguments() {
        gateway.answering("GET /portcullis/v1/tools/word%20count", 200, """
                {"name":"word count","description":"Counts words","plugin":"text","pluginVersion":"1.2","timeoutMs":60000,
                 "inputSchema":{"type":"object","required":["text"],"properties":{
                  "text":{"type":"string","description":"What to count"},"unit":{"enum":["word","line"]}}}}""");

        CommandRunner.Ran ran = portcullis.run("tools", "describe", "word count");

        assertAll(
                () -> assertEquals(0, ran.exit(), ran.err()),
                () -> assertTrue(ran.out().contains("Plugin:   text 1.2\n"), ran.out()),
                () -> assertTrue(ran.out().contains("text      string     yes       What to count\n"), ran.out()),
                () -> assertTrue(ran.out().contains("unit      word|line  no\n"), ran.out()));
    }

    @Test
    void toolsExplainShowsEachStepAndWhatWouldShowTheTool() {
        gateway.answering("GET /portcullis/v1/tools/exec/decision?sessionKey=main", 200, """
                {"tool":"exec","exists":false,"allowed":false,"label":"http deny list","reason":"runs commands",
                 "context":{"sessionKey":"agent:main:main","agentId":"main"},
                 "steps":[{"step":"profile","label":"tools.profile","opinion":"kept","text":"full keeps all"},
                          {"step":"http","label":"http deny list","opinion":"removed","text":"runs commands"}],
                 "changes":["add \\"exec\\" to gateway.tools.allow"]}""");

        CommandRunner.Ran ran = portcullis.run("tools", "explain", "exec", "--session", "main");

        assertAll(
                () -> assertEquals(0, ran.exit(), ran.err()),
                () -> assertTrue(ran.out().startsWith("exec is HIDDEN by http deny list: runs commands\n"), ran.out()),
                () -> assertTrue(ran.out().contains("profile  tools.profile   kept     full keeps all\n"), ran.out()),
                () -> assertTrue(ran.out().contains("  add \"exec\" to gateway.tools.allow\n"), ran.out()));
    }

    @Test
    void pluginsListShowsTheDiagnosisOfAQuarantinedPlugin() {
        gateway.answering("GET /portcullis/v1/plugins", 200, """
                {"plugins":[{"name":"text","version":"1.0","status":"loaded","provides":["tools"],"tools":["word_count"],
                   "source":"text.jar"},
                  {"name":"broken.jar","status":"quarantined","source":"plugins/broken.jar",
                   "problem":"Plugin broken.jar is not loaded: zip END header not found"}]}""");

        CommandRunner.Ran ran = portcullis.run("plugins", "list");

        assertAll(
                () -> assertEquals(0, ran.exit(), ran.err()),
                () -> assertTrue(
                        ran.out().contains("text        1.0      loaded       word_count  text.jar\n"), ran.out()),
                () -> assertTrue(ran.out().contains("zip END header not found"), ran.out()));
    }

    @Test
    void pluginsListShowsEachWarningOnce() {
        gateway.answering("GET /portcullis/v1/plugins", 200, """
                {"plugins":[{"name":"text.jar","status":"loaded","source":"text.jar",
                   "warnings":["it says nothing of files","Generation 1 stays in memory"]}],
                 "warnings":["Generation 1 stays in memory"]}""");

        CommandRunner.Ran ran = portcullis.run("plugins", "list");

        assertTrue(
                ran.out()
                        .endsWith(
                                "\n\nwarning: text.jar: it says nothing of files\nwarning: Generation 1 stays in memory\n"),
                ran.out());
    }

    @Test
    void sessionsAreListed() {
        gateway.answering("GET /portcullis/v1/sessions", 200, """
                {"count":1,"sessions":[{"key":"agent:main:main","agentId":"main","label":"Day","parentKey":null,
                 "lastActivityAt":"2026-11-21T04:00:00Z","messageCount":3}]}""");

        CommandRunner.Ran ran = portcullis.run("sessions", "list");

        assertTrue(ran.out().contains("agent:main:main  main   Day            2026-11-21T04:00:00Z  3\n"), ran.out());
    }

    @Test
    void aSessionIsCreated() {
        gateway.answering(
                "POST /portcullis/v1/sessions", 201, "{\"created\":true,\"session\":{\"key\":\"agent:main:nightly\"}}");

        CommandRunner.Ran ran = portcullis.run("sessions", "create", "nightly", "--label", "Night", "--parent", "main");

        assertAll(
                () -> assertEquals("Created session agent:main:nightly\n", ran.out()),
                () -> assertEquals(
                        "{\"key\":\"nightly\",\"label\":\"Night\",\"parent\":\"main\"}",
                        gateway.last().body()));
    }

    @Test
    void everyReadingCommandPrintsTheDocumentInJson() {
        String document = "{\"some\":[\"document\",1,null]}";
        Map<String, String[]> commands = Map.of(
                "GET /portcullis/v1/tools", new String[] {"tools", "list", "--json"},
                "GET /portcullis/v1/tools/echo", new String[] {"tools", "describe", "echo", "--json"},
                "GET /portcullis/v1/tools/echo/decision", new String[] {"--json", "tools", "explain", "echo"},
                "GET /portcullis/v1/plugins", new String[] {"plugins", "list", "--json"},
                "GET /portcullis/v1/sessions", new String[] {"sessions", "list", "--json"});
        assertAll(commands.entrySet().stream().map(command -> () -> {
            gateway.answering(command.getKey(), 200, document);
            CommandRunner.Ran ran = portcullis.run(command.getValue());
            assertEquals(0, ran.exit(), command.getKey() + ran.out() + ran.err());
            assertEquals(Json.parse(document).orElseThrow().value(), ran.json());
        }));
    }
}
