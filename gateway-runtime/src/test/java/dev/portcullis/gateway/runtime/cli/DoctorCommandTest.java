package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.operate.doctor.Doctor;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code doctor} on real files, with and without a real gateway. */
class DoctorCommandTest {
    private record Ran(int exit, String out, String err) {
        Fields json() {
            return Fields.of(Json.parse(out).orElseThrow().value());
        }
    }

    @TempDir
    Path folder;

    private Path state;
    private Path file;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void prepare() throws Exception {
        state = Files.createDirectory(
                folder.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        file = state.resolve("openclaw.json");
        config("{gateway: {port: " + freePort() + ", auth: {mode: 'token', token: '" + TestGateway.TOKEN + "'}}}");
    }

    private void config(String text) throws Exception {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Ran doctor(String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = Stream.concat(
                        Stream.of("doctor", "--state-dir", state.toString(), "--skip", "portcullis/doctor/java"),
                        Stream.of(more))
                .toArray(String[]::new);
        ConfigEnvironment environment = ConfigEnvironment.of(variables);
        int exit = Commands.line(
                        new Surroundings(variables, folder, new ByteArrayInputStream(new byte[0])),
                        ConfigFiles.locator(environment, Optional.empty()),
                        settings -> {
                            throw new AssertionError("no gateway is to be started");
                        },
                        new ProcessHost())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return new Ran(exit, out.toString(), err.toString());
    }

    @Test
    void soundGatewayThatDoesNotRunPasses() {
        Ran ran = doctor("--lint");

        assertAll(
                () -> assertEquals(0, ran.exit(), ran.out()),
                () -> assertTrue(ran.out().startsWith("doctor --lint: ran "), ran.out()),
                () -> assertTrue(ran.out().contains("[info] core/doctor/gateway-health"), ran.out()));
    }

    @Test
    void gatewayThatServesPassesWithoutAFinding() throws Exception {
        Path place = Files.createDirectory(folder.resolve("running"));
        try (TestGateway gateway = TestGateway.start(place, Files.readString(file))) {
            state = gateway.state();
            variables.put("PORTCULLIS_CONFIG_PATH", file.toString());

            Ran ran =
                    doctor("--lint", "--only", "core/doctor/gateway-health", "--only", "portcullis/doctor/state-lock");

            assertEquals(0, ran.exit(), ran.out());
            assertTrue(ran.out().contains("ran 2 check(s), 0 finding(s)"), ran.out());
        }
    }

    @Test
    void lintHasTheRecordedShapeAndFailsOnWhatIsWrong() throws Exception {
        config("{gateway: {prot: 1}}");

        Ran ran = doctor("--lint", "--json");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> RecordedShape.of("doctor-lint.txt")
                        .assertMetBy(Json.parse(ran.out()).orElseThrow().value()),
                () -> assertFalse(ran.json().flag("ok")),
                () -> assertEquals("1", ran.json().text("schemaVersion")),
                () -> assertEquals("1", ran.json().text("checksSkipped")));
    }

    @Test
    void adviceIsNoFailure() throws Exception {
        config("{gateway: {prot: 1}}");

        Ran text = doctor();
        Ran json = doctor("--json");

        assertAll(
                () -> assertEquals(0, text.exit()),
                () -> assertTrue(text.out().contains("gateway.prot"), text.out()),
                () -> assertEquals(0, json.exit()),
                () -> assertFalse(json.json().flag("ok")));
    }

    @Test
    void lintChangesNothing() throws Exception {
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

        Ran ran = doctor("--lint");

        assertEquals(1, ran.exit());
        assertEquals("rwxrwxrwx", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
    }

    @Test
    void fixPrintsEachChangeAndASecondOneChangesNothing() throws Exception {
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

        Ran first = doctor("--fix");
        Ran second = doctor("--fix", "--json");

        assertAll(
                () -> assertEquals(0, first.exit(), first.out()),
                () -> assertTrue(first.out().contains("  chmod 700 " + state), first.out()),
                () -> assertFalse(first.out().contains("state-permissions"), first.out()),
                () -> assertEquals(List.of(), second.json().texts("changes")),
                () -> assertTrue(second.json().flag("ok")));
    }

    @Test
    void severityDecidesWhatIsShownAndWhatFails() throws Exception {
        Ran error = doctor("--lint", "--severity-min", "error");
        Ran info = doctor("--lint", "--severity-min", "info");

        assertAll(
                () -> assertEquals(0, error.exit()),
                () -> assertTrue(error.out().contains(" 0 finding(s)"), error.out()),
                () -> assertEquals(1, info.exit(), info.out()));
    }

    @Test
    void foreignProgramOnThePortIsAnError() throws Exception {
        try (FakeGateway other = new FakeGateway(false)) {
            other.answering("GET /healthz", 200, "{\"status\":\"UP\"}").answering("GET /readyz", 200, "{}");

            Ran ran = doctor("--lint", "--port", String.valueOf(other.port()));

            assertEquals(1, ran.exit());
            assertTrue(ran.out().contains("[error] core/doctor/gateway-port"), ran.out());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--lint --fix",
                "--severity-min bad",
                "--only core/doctor/nothing",
                "--skip nothing",
                "--timeout 0",
                "--port 70000",
                "--url nowhere",
                "--unknown",
                "more"
            })
    void badOptionsAreSaidInOneLineAndChangeNothing(String options) throws Exception {
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

        Ran ran = doctor(options.split(" "));

        assertAll(
                () -> assertEquals(2, ran.exit()),
                () -> assertEquals("", ran.out()),
                () -> assertEquals(1, ran.err().lines().count(), ran.err()),
                () -> assertEquals("rwxrwxrwx", PosixFilePermissions.toString(Files.getPosixFilePermissions(state))));
    }

    @Test
    void secretIsInNoFinding() throws Exception {
        config("{gateway: {auth: {mode: 'tokn', token: '" + TestGateway.TOKEN + "'}}}");

        Ran ran = doctor("--json");

        assertFalse(ran.out().contains(TestGateway.TOKEN), ran.out());
    }

    @Test
    void everyCheckHasANameOfItsOwn() {
        List<String> ids = new Doctor().ids();

        assertEquals(ids.size(), ids.stream().distinct().count());
        ids.forEach(id -> assertTrue(id.matches("(core|portcullis)/doctor/[a-z-]+"), id));
    }
}
