package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.WaitingTool;
import dev.portcullis.gateway.runtime.cli.CommandRunner.Ran;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.config.StateLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against a real gateway, and against what else may be found where one should be. */
class HealthCommandsTest {
    @TempDir
    static Path folder;

    private static TestGateway gateway;

    @TempDir
    Path stateDir;

    private CommandRunner portcullis;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder, "{gateway:{port:0,auth:{mode:'token',token:'" + TestGateway.TOKEN + "'}}}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void prepare() {
        portcullis = new CommandRunner(stateDir).token(TestGateway.TOKEN).port(gateway.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "gateway health"})
    void gatewayThatServesIsHealthy(String command) {
        Ran text = portcullis.run(command.split(" "));

        assertAll(
                () -> assertEquals(0, text.exit(), text.err()),
                () -> assertTrue(text.out().contains("Gateway: ok"), text.out()),
                () -> assertTrue(text.out().contains("Agents: main (default)"), text.out()));
    }

    @Test
    void documentHasTheRecordedShape() {
        Object document = portcullis.run("health", "--json").json();

        RecordedShape.of("health.txt").assertMetBy(document);
    }

    @Test
    void wrongCredentialIsToldApartFromAGatewayThatIsDown() {
        Ran ran = portcullis.token("wrong-token-0123456789abcdef").run("health", "--json");
        Fields error = Fields.of(ran.json()).object("error");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertEquals("refused", error.text("kind")),
                () -> assertEquals("gateway_request_error", error.text("type")),
                () -> assertFalse(ran.out().contains("wrong-token"), ran.out()));
    }

    @Test
    void refusalSaysWhereTheCredentialCameFrom() {
        Ran ran = portcullis.run("health", "--token", "wrong-token-0123456789abcdef");

        assertTrue(ran.err().strip().endsWith("not the one from --token"), ran.err());
    }

    @Test
    void refusalOfAGatewayOfAnotherStateDirectorySaysSo() {
        String token = "wrong-token-0123456789abcdef";

        Ran other = portcullis.run("health", "--token", token);
        Ran own = new CommandRunner(gateway.state()).port(gateway.port()).run("health", "--token", token);

        assertAll(
                () -> assertTrue(other.err().contains("this may be another one"), other.err()),
                () -> assertFalse(own.err().contains("this may be another one"), own.err()));
    }

    @Test
    void missingCredentialSaysWhereItWasLookedFor() {
        CommandRunner without = new CommandRunner(stateDir).port(gateway.port());

        Ran text = without.run("health");
        Fields error = Fields.of(without.run("health", "--json").json()).object("error");

        assertAll(
                () -> assertEquals(1, text.exit()),
                () -> assertTrue(text.err().contains("PORTCULLIS_GATEWAY_TOKEN"), text.err()),
                () -> assertEquals("gateway_credentials_required", error.text("type")));
    }

    @Test
    void gatewayThatIsDownIsSaidWithWhatToDo() throws IOException {
        portcullis.port(freePort());

        Ran text = portcullis.run("health");
        Ran json = portcullis.run("health", "--json");

        assertAll(
                () -> assertEquals(1, text.exit()),
                () -> assertEquals(1, text.err().lines().count(), text.err()),
                () -> assertTrue(text.err().contains("portcullis run"), text.err()),
                () -> assertEquals(1, json.exit()),
                () -> RecordedShape.of("health-down.txt").assertMetBy(json.json()),
                () -> assertEquals(
                        "gateway_transport_error",
                        Fields.of(json.json()).object("error").text("type")));
    }

    @Test
    void gatewayOfThisStateDirectoryOnAnotherPortIsNamed() throws IOException {
        CommandRunner wrong =
                new CommandRunner(gateway.state()).token(TestGateway.TOKEN).port(freePort());

        Ran ran = wrong.run("health");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertTrue(ran.err().contains("--port " + gateway.port()), ran.err()),
                () -> assertEquals(
                        "wrong_port",
                        Fields.of(wrong.run("status", "--json").json())
                                .object("gateway")
                                .text("state")));
    }

    @Test
    void gatewayThatStartsIsNoFailure() throws Exception {
        Path state = stateDir.resolve("state");
        CommandRunner starting = new CommandRunner(state).port(freePort());
        try (StateLock process = StateLock.take(StateDirectory.open(state))) {
            Ran text = starting.run("health");
            Fields document = Fields.of(starting.run("health", "--json").json());

            assertAll(
                    () -> assertEquals(0, text.exit(), text.err()),
                    () -> assertTrue(text.out().contains("starts"), text.out()),
                    () -> assertEquals("starting", document.text("status")));
        }
    }

    @Test
    void gatewayThatStoppedLeavesNoWord() throws Exception {
        Path state = stateDir.resolve("state");
        StateLock.take(StateDirectory.open(state)).close();

        Ran ran = new CommandRunner(state).port(freePort()).run("health");

        assertTrue(ran.err().contains("start one with"), ran.err());
    }

    @Test
    void programThatSaysNothingIsNotWaitedForLong() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Ran ran = portcullis.port(silent.getLocalPort()).run("health", "--json", "--timeout", "200");

            assertAll(
                    () -> assertEquals(1, ran.exit()),
                    () -> assertEquals(
                            "timeout", Fields.of(ran.json()).object("error").text("kind")));
        }
    }

    @Test
    void programThatSpeaksSomethingElseIsForeign() throws Exception {
        try (ServerSocket mail = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var one = mail.accept()) {
                    one.getOutputStream()
                            .write("220 mail.example ESMTP\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    one.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                } catch (IOException over) {
                    // the test is over
                }
            });

            Ran ran = portcullis.port(mail.getLocalPort()).run("health", "--json", "--timeout", "5000");

            assertEquals("foreign", Fields.of(ran.json()).object("error").text("kind"), ran.out());
        }
    }

    @Test
    void foreignServerIsNeverSentTheCredential() {
        try (FakeGateway other = new FakeGateway(false)) {
            other.answering("GET /healthz", 200, "{\"status\":\"UP\"}").answering("GET /readyz", 200, "{}");

            Ran ran = portcullis.port(other.port()).run("health");

            assertAll(
                    () -> assertEquals(1, ran.exit()),
                    () -> assertTrue(ran.err().contains("is no Portcullis gateway"), ran.err()),
                    () -> assertTrue(other.asked().stream()
                            .allMatch(asked -> asked.authorization().isEmpty())));
        }
    }

    @Test
    void gatewayWithoutOneOfItsAddressesIsNotReady() {
        try (FakeGateway stopping = new FakeGateway(false)) {
            stopping.answering("GET /healthz", 200, "{\"ok\":true,\"status\":\"live\"}")
                    .answering("GET /readyz", 503, "{\"ready\":false,\"failing\":[\"listener-closed\"]}");

            Ran ran = portcullis.port(stopping.port()).run("health");

            assertAll(
                    () -> assertEquals(1, ran.exit()),
                    () -> assertTrue(ran.err().contains("not ready (listener-closed)"), ran.err()));
        }
    }

    @Test
    void gatewayThatDrainsSaysSo() throws Exception {
        WaitingTool waiting = new WaitingTool();
        Path place = Files.createDirectory(stateDir.resolve("draining"));
        try (TestGateway draining = TestGateway.start(
                place, "{gateway:{port:0,auth:{mode:'token',token:'" + TestGateway.TOKEN + "'}}}", waiting)) {
            Thread caller = Thread.ofVirtual().start(() -> draining.invoke("{\"tool\":\"wait_here\"}"));
            waiting.running.await();
            Thread stopping = Thread.ofVirtual().start(draining::close);
            while (draining.send(draining.request("/readyz").build()).statusCode() == 200) {
                Thread.onSpinWait();
            }

            Ran text = portcullis.port(draining.port()).run("health");
            Ran status = portcullis.run("status", "--json");

            waiting.release.countDown();
            caller.join();
            stopping.join();
            assertAll(
                    () -> assertEquals(1, text.exit()),
                    () -> assertTrue(text.err().contains("is stopping (gateway-draining)"), text.err()),
                    () -> assertEquals(
                            "draining",
                            Fields.of(status.json()).object("gateway").text("state")));
        }
    }

    @Test
    void gatewayThatListensOnSomePortIsFoundByWhatItLeft() {
        Ran ran = new CommandRunner(gateway.state())
                .token(TestGateway.TOKEN)
                .port(0)
                .run("health");

        assertEquals(0, ran.exit(), ran.err());
    }

    @Test
    void certificateThatNobodyVouchesForIsNotForeign() throws Exception {
        Path place = Files.createDirectory(stateDir.resolve("encrypted"));
        try (TestGateway encrypted = TestGateway.start(
                place, "{gateway:{port:0,auth:{mode:'token',token:'" + TestGateway.TOKEN + "'},tls:{enabled:true}}}")) {
            Ran ran = portcullis.run(
                    "health", "--json", "--url", "https://127.0.0.1:" + encrypted.port(), "--token", TestGateway.TOKEN);
            Ran plain = portcullis.run(
                    "health", "--json", "--url", "http://127.0.0.1:" + encrypted.port(), "--token", TestGateway.TOKEN);

            assertAll(
                    () -> assertEquals(
                            "untrusted", Fields.of(ran.json()).object("error").text("kind"), ran.out()),
                    () -> assertEquals(
                            "foreign", Fields.of(plain.json()).object("error").text("kind"), plain.out()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"health --timeout 0", "health --timeout soon", "status --timeout -1", "status --port 70000"})
    void badOptionsAreSaidInOneLine(String command) {
        Ran ran = portcullis.run(command.split(" "));

        assertAll(
                () -> assertEquals(2, ran.exit()),
                () -> assertEquals(1, ran.err().lines().count(), ran.err()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "gateway status"})
    void statusShowsConfigurationAndGateway(String command) {
        Ran text = portcullis.run(command.split(" "));

        assertAll(
                () -> assertEquals(0, text.exit(), text.err()),
                () -> assertTrue(text.out().contains(": ok"), text.out()),
                () -> assertTrue(text.out().contains("auth token"), text.out()),
                () -> assertTrue(text.out().contains(stateDir.toString()), text.out()));
    }

    @Test
    void statusAsADocumentHasTheRecordedShape() {
        Fields document = Fields.of(portcullis.run("status", "--json").json());
        Fields shown = document.object("gateway");

        assertAll(
                () -> RecordedShape.of("status.txt")
                        .assertMetBy(portcullis.run("status", "--json").json()),
                () -> assertEquals("0.0.0-test", document.text("runtimeVersion")),
                () -> assertEquals("local", shown.text("mode")),
                () -> assertTrue(shown.flag("reachable")),
                () -> assertFalse(shown.has("error")),
                () -> assertTrue(document.object("config").flag("valid")));
    }

    @Test
    void statusHasTheSameFieldsWhenNothingRuns() throws IOException {
        Ran ran = portcullis.port(freePort()).run("status", "--json");

        Map<?, ?> shown = (Map<?, ?>) ((Map<?, ?>) ran.json()).get("gateway");
        assertTrue(
                shown.keySet()
                        .containsAll(List.of(
                                "mode",
                                "url",
                                "urlSource",
                                "misconfigured",
                                "reachable",
                                "connectLatencyMs",
                                "self",
                                "error",
                                "authWarning")),
                ran.out());
    }

    @Test
    void statusOfAGatewayThatIsDownIsNoFailureUnlessItIsRequired() throws IOException {
        portcullis.port(freePort());

        Ran ran = portcullis.run("status");

        assertAll(
                () -> assertEquals(0, ran.exit()),
                () -> assertTrue(ran.out().contains(": down"), ran.out()),
                () -> assertEquals(1, portcullis.run("status", "--require-rpc").exit()));
    }

    @Test
    void statusOfAConfigurationThatDoesNotHoldShowsItsProblems() {
        Ran text = portcullis.problems("gateway.prot: no such key").run("status");
        Fields document = Fields.of(portcullis.run("status", "--json").json());

        assertAll(
                () -> assertEquals(0, text.exit()),
                () -> assertTrue(text.out().contains("gateway.prot: no such key"), text.out()),
                () -> assertFalse(document.object("config").flag("valid")),
                () -> assertTrue(document.object("gateway").flag("misconfigured")));
    }

    @Test
    void statusNamesNoSecret() {
        portcullis.root(Map.of("gateway", Map.of("auth", Map.of("token", TestGateway.TOKEN))));

        Ran ran = portcullis.run("status", "--json");

        assertFalse(ran.out().contains(TestGateway.TOKEN), ran.out());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
