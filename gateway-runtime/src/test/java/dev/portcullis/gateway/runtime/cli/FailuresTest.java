package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    @TempDir
    Path stateDir;

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void anUnreachableGatewayIsOneLineAndExitCodeOne() throws IOException {
        int port = unusedPort();

        CommandRunner.Ran ran = new CommandRunner(stateDir).port(port).run("tools", "list");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertEquals("", ran.out()),
                () -> assertEquals(
                        "portcullis: No gateway answers at http://127.0.0.1:" + port
                                + " (connection refused): start one with \"portcullis run\", or name another with --url or --port\n",
                        ran.err()));
    }

    @Test
    void anUnreachableGatewayInJsonIsADocumentOnStandardOutput() throws IOException {
        CommandRunner.Ran ran = new CommandRunner(stateDir).port(unusedPort()).run("tools", "list", "--json");

        Fields document = Fields.of(ran.json());
        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertEquals("", ran.err()),
                () -> assertEquals(Boolean.FALSE, document.value("ok")),
                () -> assertEquals("cli_error", document.object("error").text("type")),
                () -> assertTrue(document.object("error").text("message").startsWith("No gateway answers")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nosuchcommand",
                "tools",
                "tools lst",
                "invoke",
                "invoke echo extra",
                "invoke echo --arg novalue",
                "invoke echo --arg =x",
                "invoke echo --args [1]",
                "invoke echo --args {broken",
                "invoke echo --timeout 0",
                "invoke echo --timeout soon",
                "tools explain",
                "tools list --nosuchoption",
                "tools list --port 70000",
                "tools list --port 1 --url http://127.0.0.1:1",
                "tools list --url ftp://127.0.0.1",
                "sessions create",
                "config get a..b"
            })
    void aWrongCommandLineIsOneLineAndExitCodeTwo(String line) {
        CommandRunner.Ran ran =
                new CommandRunner(stateDir).port(1).run(line.isEmpty() ? new String[0] : line.split(" "));

        assertAll(
                () -> assertEquals(2, ran.exit(), ran.out() + ran.err()),
                () -> assertEquals("", ran.out()),
                () -> assertEquals(1, ran.err().lines().count(), ran.err()));
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        CommandRunner.Ran ran = new CommandRunner(stateDir).run("tools", "explan", "exec");

        assertTrue(ran.err().contains("explain"), ran.err());
    }

    @Test
    void commandThatIsNotThereIsSaidWithThoseThatAre() {
        CommandRunner.Ran ran = new CommandRunner(stateDir).run("sessions", "burn");

        assertEquals(
                "portcullis: There is no command \"burn\"; known: list, create. Try: portcullis sessions --help\n",
                ran.err());
    }

    @Test
    void numberThatIsNoneIsSaidInPlainWords() {
        CommandRunner.Ran ran = new CommandRunner(stateDir).run("health", "--timeout", "soon");

        assertTrue(ran.err().contains("'soon' is not a whole number. Try: "), ran.err());
    }

    @Test
    void fileOfAuthoritiesThatIsNotThereIsSaidByItsOption() {
        CommandRunner.Ran ran = new CommandRunner(stateDir).run("health", "--ca-file", "/nowhere/ca.pem");

        assertEquals(
                "portcullis: --ca-file names /nowhere/ca.pem, which is not there or cannot be read: check the path\n",
                ran.err());
    }

    @Test
    void whatIsNoGatewayIsSaidToBeNone() {
        try (FakeGateway other = new FakeGateway()) {
            other.answeringText("GET /portcullis/v1/tools", 200, "<html>Welcome</html>");

            CommandRunner.Ran ran = new CommandRunner(stateDir)
                    .port(other.port())
                    .token(FakeGateway.TOKEN)
                    .run("tools", "list");

            assertAll(
                    () -> assertEquals(1, ran.exit()),
                    () -> assertTrue(ran.err().contains("no Portcullis gateway (HTTP 200, text/html)"), ran.err()));
        }
    }

    @Test
    void aMissingScopeIsSaid() {
        try (FakeGateway gateway = new FakeGateway()) {
            gateway.answering(
                    "POST /portcullis/v1/sessions",
                    403,
                    "{\"ok\":false,\"error\":{\"type\":\"forbidden\",\"message\":\"missing scope: operator.admin\"}}");

            CommandRunner.Ran ran = new CommandRunner(stateDir)
                    .port(gateway.port())
                    .token(FakeGateway.TOKEN)
                    .run("sessions", "create", "main");

            assertTrue(ran.err().contains("missing scope: operator.admin"), ran.err());
        }
    }

    @Test
    void helpNamesTheExitCodesAndTheCommands() {
        CommandRunner.Ran ran = new CommandRunner(stateDir).run("help");

        assertAll(
                () -> assertEquals(0, ran.exit()),
                () -> assertTrue(ran.out().contains("78  the configuration is wrong"), ran.out()),
                () -> assertTrue(ran.out().contains("invoke"), ran.out()),
                () -> assertFalse(ran.out().contains("\u001b"), "colour outside of a terminal"));
    }

    @Test
    void everyCommandHasHelp() {
        CommandRunner portcullis = new CommandRunner(stateDir);
        Map.of("tools explain", "Session key", "invoke", "--arg", "config get", "PATH", "sessions create", "--parent")
                .forEach((command, expected) -> {
                    CommandRunner.Ran ran = portcullis.run((command + " --help").split(" "));
                    assertEquals(0, ran.exit(), ran.err());
                    assertTrue(ran.out().contains(expected), ran.out());
                });
    }

    @Test
    void versionIsPrinted() {
        CommandRunner.Ran ran = new CommandRunner(stateDir).run("--version");

        assertAll(() -> assertEquals(0, ran.exit()), () -> assertTrue(ran.out().startsWith("Portcullis "), ran.out()));
    }
}
