package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gateway probe} and {@code gateway call} against a real gateway. */
class GatewayCommandsTest {
    @TempDir
    Path folder;

    private TestGateway gateway;
    private CommandRunner runner;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(
                folder, "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN + "'}}}");
        runner = new CommandRunner(folder).port(gateway.port()).token(TestGateway.TOKEN);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static Map<?, ?> target(CommandRunner.Ran ran) {
        return map(((List<?>) map(ran.json()).get("targets")).getFirst());
    }

    @Test
    void probeFindsTheLocalGatewayAndWhatItsCredentialIsGoodFor() {
        CommandRunner.Ran ran = runner.run("gateway", "probe", "--json");

        assertEquals(0, ran.exit(), ran::out);
        assertEquals("admin_capable", map(ran.json()).get("capability"));
        assertEquals(false, map(ran.json()).get("degraded"));
        assertEquals("localLoopback", target(ran).get("id"));
        assertEquals(true, map(target(ran).get("connect")).get("rpcOk"));
        assertFalse(ran.out().contains(TestGateway.TOKEN));
    }

    @Test
    void probeSpeaksToPeople() {
        CommandRunner.Ran ran = runner.run(
                "gateway", "probe", "--url", "ws://127.0.0.1:" + gateway.port(), "--token", TestGateway.TOKEN);

        assertEquals(0, ran.exit(), ran::err);
        assertTrue(ran.out().contains("Reachable: yes"), ran::out);
        assertTrue(ran.out().contains("Capability: admin-capable"), ran::out);
        assertTrue(ran.out().contains("Read probe: ok"), ran::out);
    }

    @Test
    void refusedCredentialIsAnAnswerToAProbe() {
        CommandRunner.Ran ran = runner.run("gateway", "probe", "--token", "wrong", "--json");

        assertEquals(0, ran.exit());
        assertEquals(true, map(ran.json()).get("degraded"));
        assertEquals("unknown", map(ran.json()).get("capability"));
        assertEquals(1008, map(map(target(ran).get("connect")).get("close")).get("code"));
    }

    @Test
    void nobodyThereIsAFailure() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        CommandRunner.Ran probe = new CommandRunner(folder).port(free).run("gateway", "probe", "--json");
        CommandRunner.Ran call = new CommandRunner(folder).port(free).run("gateway", "call", "health", "--json");
        CommandRunner.Ran text = new CommandRunner(folder).port(free).run("gateway", "call", "health");

        assertEquals(1, probe.exit());
        assertEquals(false, map(probe.json()).get("ok"));
        assertTrue(probe.out().contains("no_gateway_reachable"));
        assertEquals(1, call.exit());
        assertEquals(
                "gateway_transport_error", map(map(call.json()).get("error")).get("type"));
        assertEquals(1, text.exit());
        assertTrue(text.err().contains("portcullis run"), text::err);
    }

    @Test
    void callPrintsWhatTheGatewayAnswers() {
        CommandRunner.Ran ran =
                runner.run("gateway", "call", "tools.invoke", "--params", "{\"name\":\"sessions_list\"}", "--json");

        assertEquals(0, ran.exit(), ran::out);
        assertEquals("sessions_list", map(ran.json()).get("toolName"));
    }

    @Test
    void refusedCallFailsWithTheGatewaysWords() {
        CommandRunner.Ran json = runner.run("gateway", "call", "no.such", "--json");
        CommandRunner.Ran text = runner.run("gateway", "call", "no.such");
        CommandRunner.Ran wrong = runner.run("gateway", "call", "health", "--token", "wrong", "--json");

        assertEquals(1, json.exit());
        assertEquals(
                Map.of(
                        "type", "gateway_request_error",
                        "code", "INVALID_REQUEST",
                        "message", "unknown method: no.such",
                        "retryable", false),
                map(json.json()).get("error"));
        assertEquals(1, text.exit());
        assertTrue(text.err().contains("unknown method: no.such"), text::err);
        assertEquals(1, wrong.exit());
        assertTrue(wrong.out().contains("AUTH_TOKEN_MISMATCH"), wrong::out);
    }

    @Test
    void parametersThatAreNoObjectAreAWrongCommandLine() {
        assertEquals(
                2, runner.run("gateway", "call", "health", "--params", "[1]").exit());
        assertEquals(
                2, runner.run("gateway", "call", "health", "--params", "{bad").exit());
        assertEquals(2, runner.run("gateway", "call").exit());
    }
}
