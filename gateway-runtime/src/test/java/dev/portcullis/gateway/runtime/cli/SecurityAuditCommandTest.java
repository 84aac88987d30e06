package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.cli.CommandRunner.Ran;
import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityAuditCommandTest {
    private static final Map<String, Object> OPEN = Map.of("gateway", Map.of("auth", Map.of("mode", "none")));

    @TempDir
    Path stateDir;

    private CommandRunner portcullis;

    @BeforeEach
    void prepare() throws IOException {
        Files.setPosixFilePermissions(stateDir, PosixFilePermissions.fromString("rwx------"));
        portcullis = new CommandRunner(stateDir);
    }

    @Test
    void freshGatewayHasNothingToWarnOf() {
        Ran ran = portcullis.run("security", "audit", "--fail-on", "warn");

        assertAll(
                () -> assertEquals(0, ran.exit(), ran.out()),
                () -> assertTrue(ran.out().contains("Summary: 0 critical · 0 warn · 1 info"), ran.out()),
                () -> assertTrue(ran.out().contains("Run deeper: portcullis security audit --deep"), ran.out()));
    }

    @Test
    void findingsDoNotChangeTheExitCodeUnlessAskedTo() {
        portcullis.root(OPEN);

        assertAll(
                () -> assertEquals(0, portcullis.run("security", "audit").exit()),
                () -> assertEquals(
                        1,
                        portcullis.run("security", "audit", "--fail-on", "warn").exit()),
                () -> assertEquals(
                        0,
                        portcullis
                                .run("security", "audit", "--fail-on", "critical")
                                .exit()));
    }

    @Test
    void suppressedFindingsAreShownApartAndDoNotCount() {
        portcullis.root(Map.of(
                "gateway",
                Map.of("auth", Map.of("mode", "none")),
                "security",
                Map.of(
                        "audit",
                        Map.of(
                                "suppressions",
                                List.of(
                                        Map.of("checkId", "gateway.http.no_auth"),
                                        Map.of("checkId", "config.insecure_or_dangerous_flags"))))));
        Ran ran = portcullis.run("security", "audit", "--json", "--fail-on", "warn");
        Fields document = Fields.of(ran.json());

        assertAll(
                () -> assertEquals(0, ran.exit(), ran.out()),
                () -> assertEquals(2, document.objects("suppressedFindings").size()),
                () -> assertTrue(ids(document).contains("security.audit.suppressions.active")));
    }

    @Test
    void documentHasTheShapeOfTheReferenceGatewayAndTheKey() {
        Fields document = Fields.of(
                portcullis.root(OPEN).run("security", "audit", "--json").json());
        Fields finding = document.objects("findings").getFirst();

        assertAll(
                () -> assertEquals("1", document.object("summary").text("warn")),
                () -> assertTrue(document.has("ts")),
                () -> assertTrue(document.has("secretDiagnostics")),
                () -> assertEquals("gateway.http.no_auth", finding.text("checkId")),
                () -> assertEquals("warn", finding.text("severity")),
                () -> assertEquals("gateway.auth.mode", finding.text("key")),
                () -> assertTrue(finding.has("remediation")));
    }

    @Test
    void badOptionsChangeNothing() {
        assertAll(
                () -> assertUsage("--fail-on is \"bad\"", "--fail-on", "bad"),
                () -> assertUsage("Invalid --auth value", "--auth", "open"),
                () -> assertUsage("Invalid --auth token: pass --token <token>", "--auth", "token"),
                () -> assertUsage("Invalid --auth password: pass --password <password>", "--auth", "password"));
    }

    @Test
    void deepLookAtNoAddressIsAUsageErrorBeforeAnythingIsFixed() throws IOException {
        Files.setPosixFilePermissions(stateDir, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertUsage("--url is not the base URL", "--deep", "--fix", "--url", "ftp://nowhere");

        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(stateDir)));
    }

    @Test
    void unreadableConfigurationIsSaidWithItsProblems() {
        Ran ran = portcullis.problems("gateway.conf:3: not HOCON").run("security", "audit", "--json");

        assertAll(
                () -> assertEquals(78, ran.exit()),
                () -> assertTrue(ran.out().contains("gateway.conf:3: not HOCON"), ran.out()));
    }

    @Test
    void fixPrintsEachChangeOnce() throws IOException {
        Files.setPosixFilePermissions(stateDir, PosixFilePermissions.fromString("rwxr-xr-x"));

        Ran first = portcullis.run("security", "audit", "--fix");
        Ran second = portcullis.run("security", "audit", "--fix");

        assertAll(
                () -> assertTrue(first.out().contains("FIX\n  chmod 700 ~"), first.out()),
                () -> assertFalse(first.out().contains("fs.state_dir"), first.out()),
                () -> assertTrue(second.out().contains("Fixes: no changes applied"), second.out()));
    }

    @Test
    void fixAsADocumentHasReportAndActions() {
        Ran ran = portcullis.run("security", "audit", "--fix", "--json");
        Fields document = Fields.of(ran.json());

        assertAll(
                () -> RecordedShape.of("security-audit-fix.txt").assertMetBy(ran.json()),
                () -> assertEquals(
                        "448",
                        document.object("fix").objects("actions").getFirst().text("mode")),
                () -> assertTrue(document.object("fix").flag("ok")),
                () -> assertEquals(
                        "already",
                        document.object("fix").objects("actions").getFirst().text("skipped")),
                () -> assertTrue(document.object("report").has("findings")));
    }

    @Test
    void gatewayThatIsDownIsAFinding() {
        Ran ran = portcullis
                .token("0123456789abcdef01234567")
                .run("security", "audit", "--deep", "--json", "--port", "9");
        Fields document = Fields.of(ran.json());

        assertAll(
                () -> assertEquals(0, ran.exit()),
                () -> RecordedShape.of("security-audit-deep.txt").assertMetBy(ran.json()),
                () -> assertTrue(ids(document).contains("gateway.probe_failed")),
                () -> assertFalse(document.object("deep").object("gateway").flag("ok")));
    }

    @Test
    void runningGatewayAnswersTheFourRequestsAsItShould(@TempDir Path folder) throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, config())) {
            Ran ran = portcullis
                    .token(TestGateway.TOKEN)
                    .port(gateway.port())
                    .run("security", "audit", "--deep", "--json");
            Fields document = Fields.of(ran.json());
            Fields deep = document.object("deep");

            assertAll(
                    () -> assertTrue(deep.object("gateway").flag("attempted")),
                    () -> assertTrue(deep.object("gateway").flag("ok"), ran.out()),
                    () -> assertEquals(
                            "ws://127.0.0.1:" + gateway.port(),
                            deep.object("gateway").text("url")),
                    () -> assertTrue(deep.object("http").flag("ok"), ran.out()),
                    () -> assertEquals(
                            List.of("allowed 200", "blocked 404", "no-token 401", "wrong-token 401"), answers(deep)),
                    () -> assertFalse(ids(document).contains("gateway.probe_failed"), ran.out()));
        }
    }

    @Test
    void wrongTokenIsSaidAndStrangersAreStillTried(@TempDir Path folder) throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, config())) {
            Ran ran = portcullis
                    .token("another-token-0123456789abcdef")
                    .port(gateway.port())
                    .run("security", "audit", "--deep", "--json");
            Fields document = Fields.of(ran.json());
            Fields deep = document.object("deep");

            assertAll(
                    () -> assertEquals(0, ran.exit()),
                    () -> assertTrue(deep.object("gateway").text("error").startsWith("unauthorized"), ran.out()),
                    () -> assertEquals(
                            "1008", deep.object("gateway").object("close").text("code")),
                    () -> assertTrue(deep.object("http").text("error").contains("HTTP 401"), ran.out()),
                    () -> assertEquals(List.of("no-token 401", "wrong-token 401"), answers(deep)),
                    () -> assertTrue(ids(document).contains("gateway.probe_failed")),
                    () -> assertFalse(ran.out().contains("another-token"), ran.out()));
        }
    }

    @Test
    void gatewayThatRunsWithoutAuthAlthoughTheConfigurationHasItIsCritical(@TempDir Path folder) throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, "{gateway:{port:0,auth:{mode:'none'}}}")) {
            Ran other = portcullis
                    .token(TestGateway.TOKEN)
                    .port(gateway.port())
                    .run("security", "audit", "--deep", "--json");
            Ran same = portcullis.root(OPEN).run("security", "audit", "--deep", "--json");

            assertAll(
                    () -> assertTrue(
                            ids(Fields.of(other.json()))
                                    .containsAll(List.of(
                                            "portcullis.probe.no_token_accepted",
                                            "portcullis.probe.wrong_token_accepted")),
                            other.out()),
                    () -> assertEquals(
                            List.of("allowed 200", "blocked 404", "no-token ", "wrong-token "),
                            answers(Fields.of(same.json()).object("deep")),
                            same.out()));
        }
    }

    @Test
    void serverThatIsNoGatewayIsSaid() {
        try (FakeGateway other = new FakeGateway(false)) {
            other.answeringText("GET /portcullis/v1/status", 200, "<html>hello</html>");
            Ran ran = portcullis
                    .token(FakeGateway.TOKEN)
                    .port(other.port())
                    .run("security", "audit", "--deep", "--fail-on", "warn");

            assertAll(
                    () -> assertEquals(1, ran.exit()),
                    () -> assertTrue(ran.out().contains("is no Portcullis gateway"), ran.out()),
                    () -> assertTrue(ran.out().contains("gateway.probe_failed"), ran.out()));
        }
    }

    @Test
    void gatewayThatNeverAnswersIsSaidInTheEnd() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Ran ran = portcullis
                    .token("0123456789abcdef01234567")
                    .port(mute.getLocalPort())
                    .run("security", "audit", "--deep", "--json");
            Fields deep = Fields.of(ran.json()).object("deep");

            assertAll(
                    () -> assertEquals(0, ran.exit()),
                    () -> assertTrue(deep.object("gateway").text("error").contains("timeout"), ran.out()),
                    () -> assertTrue(deep.object("http").text("error").contains("within 5 s"), ran.out()));
        }
    }

    @Test
    void deepLookReadsPlugins() throws Exception {
        new TinyPlugins(stateDir.resolve("work"))
                .source()
                .module("acme.shell", "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.shell.Tools;")
                .type(
                        "acme.shell.Tools",
                        TinyPlugins.toolProvider("shell", "shell_now", "new ProcessBuilder(\"true\").toString()"))
                .jar(stateDir.resolve("plugin-folder/shell.jar"));
        Ran ran = portcullis
                .token("0123456789abcdef01234567")
                .run("security", "audit", "--deep", "--json", "--port", "9");
        Fields plugin = Fields.of(ran.json()).object("deep").objects("plugins").getFirst();

        assertAll(
                () -> assertEquals("shell.jar", plugin.text("plugin")),
                () -> assertTrue(plugin.flag("ok"), ran.out()),
                () -> assertTrue(plugin.object("uses").has("process")),
                () -> assertTrue(ids(Fields.of(ran.json())).contains("plugins.code_safety")),
                () -> assertTrue(ids(Fields.of(ran.json())).contains("portcullis.plugins.undeclared_capabilities")));
    }

    @Test
    void gatewayThatLetsEverybodyInIsCritical() {
        try (FakeGateway gateway = new FakeGateway(false)) {
            gateway.answering("GET /portcullis/v1/status", 200, "{\"authMode\":\"token\"}")
                    .answering(
                            "GET /portcullis/v1/tools",
                            200,
                            "{\"tools\":[{\"name\":\"sessions_list\",\"allowed\":true,\"builtIn\":true}]}")
                    .answering("POST /tools/invoke", 200, "{\"ok\":true}");
            Fields document = Fields.of(portcullis
                    .token(FakeGateway.TOKEN)
                    .port(gateway.port())
                    .run("security", "audit", "--deep", "--json")
                    .json());

            assertTrue(
                    ids(document)
                            .containsAll(List.of(
                                    "portcullis.probe.blocked_tool_reached",
                                    "portcullis.probe.no_token_accepted",
                                    "portcullis.probe.wrong_token_accepted")),
                    ids(document).toString());
        }
    }

    private static List<String> answers(Fields deep) {
        return deep.object("http").objects("requests").stream()
                .map(request -> request.text("name") + " " + request.text("status"))
                .toList();
    }

    private static String config() {
        return "{gateway:{port:0,auth:{mode:'token',token:'" + TestGateway.TOKEN + "'}}}";
    }

    private static List<String> ids(Fields document) {
        return document.objects("findings").stream()
                .map(finding -> finding.text("checkId"))
                .toList();
    }

    private void assertUsage(String said, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "security";
        args[1] = "audit";
        System.arraycopy(options, 0, args, 2, options.length);
        Ran ran = portcullis.run(args);
        assertAll(() -> assertEquals(2, ran.exit()), () -> assertTrue(ran.err().contains(said), ran.err()));
    }
}
