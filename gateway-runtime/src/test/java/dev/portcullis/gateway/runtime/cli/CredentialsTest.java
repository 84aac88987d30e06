package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    @TempDir
    Path stateDir;

    private final FakeGateway gateway = new FakeGateway();
    private CommandRunner portcullis;

    @BeforeEach
    void knowTheGateway() {
        gateway.answering("GET /portcullis/v1/sessions", 200, "{\"count\":0,\"sessions\":[]}");
        portcullis = new CommandRunner(stateDir).port(gateway.port());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private String sent(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "sessions";
        args[1] = "list";
        System.arraycopy(options, 0, args, 2, options.length);
        portcullis.run(args);
        return gateway.last().authorization().replace("Bearer ", "");
    }

    private void storeToken() throws IOException {
        Files.writeString(stateDir.resolve("gateway.token"), FakeGateway.TOKEN + "\n");
    }

    @Test
    void theOptionWinsOverEnvironmentAndConfiguration() {
        portcullis.environment.put("PORTCULLIS_GATEWAY_TOKEN", "of-environment");
        portcullis.token("of-configuration");

        assertEquals("of-option", sent("--token", "of-option"));
    }

    @Test
    void aTokenMayComeFromStandardInputOrAFileAndNothingIsSaid() throws IOException {
        Path file = Files.writeString(stateDir.resolve("its.token"), " of-file\n");

        assertEquals("of-file", sent("--token-file", file.toString()));
        assertEquals("of-file", sent("--password-file", file.toString()));
        assertFalse(portcullis
                .run("sessions", "list", "--token-file", file.toString())
                .err()
                .contains("Warning"));
        portcullis.input("of-input\n");
        assertEquals("of-input", sent("--token", "-"));
        portcullis.input("of-input-too\n");
        assertEquals("of-input-too", sent("--password", "-"));
    }

    @Test
    void whoWritesASecretIntoTheCommandLineIsWarned() {
        String said = portcullis.run("sessions", "list", "--token", "of-option").err();

        assertTrue(said.contains("every user of this machine can read what follows --token"), said);
        assertTrue(said.contains("--token-file FILE"), said);
        assertFalse(said.contains("of-option"), said);
    }

    @Test
    void aFileThatIsNoSecretIsRefusedWithoutSayingWhatIsInIt() throws IOException {
        Path file = Files.writeString(stateDir.resolve("its.token"), "first-line\nsecond-line\n");

        String two = portcullis
                .run("sessions", "list", "--token-file", file.toString())
                .err();
        String none =
                portcullis.run("sessions", "list", "--token-file", file + "x").err();
        String both = portcullis
                .run("sessions", "list", "--token", "-", "--token-file", file.toString())
                .err();

        assertTrue(two.contains("more than one line"), two);
        assertFalse(two.contains("first-line"), two);
        assertTrue(none.contains("cannot be read"), none);
        assertTrue(both.contains("give one of them"), both);
    }

    @Test
    void ourVariableWinsOverTheReferencesAndOverTheConfiguration() {
        portcullis.environment.put("OPENCLAW_GATEWAY_TOKEN", "of-the-reference");
        portcullis.environment.put("PORTCULLIS_GATEWAY_TOKEN", "ours");
        portcullis.token("of-configuration");

        assertEquals("ours", sent());
    }

    @Test
    void theReferencesVariableIsReadToo() {
        portcullis.environment.put("OPENCLAW_GATEWAY_PASSWORD", "of-the-reference");

        assertEquals("of-the-reference", sent());
    }

    @Test
    void theConfigurationWinsOverTheTokenFile() throws IOException {
        storeToken();
        portcullis.token("of-configuration");

        assertEquals("of-configuration", sent());
    }

    @Test
    void thePasswordOfTheConfigurationIsSentInPasswordMode() {
        portcullis.password("of-configuration");

        assertEquals("of-configuration", sent());
    }

    @Test
    void theTokenFileIsTheLastResort() throws IOException {
        storeToken();

        assertEquals(FakeGateway.TOKEN, sent());
    }

    @Test
    void anotherGatewayGetsNeitherTheTokenFileNorTheConfiguredToken() throws IOException {
        storeToken();
        portcullis.token("of-configuration").port(1);

        assertEquals("", sent("--url", gateway.url()));
    }

    @Test
    void theLocalGatewayIsKnownByItsUrl() throws IOException {
        storeToken();

        assertEquals(FakeGateway.TOKEN, sent("--url", "http://localhost:" + gateway.port() + "/"));
    }

    @Test
    void aPortNamesTheLocalGateway() throws IOException {
        storeToken();
        portcullis.port(1);

        assertEquals(FakeGateway.TOKEN, sent("--port", String.valueOf(gateway.port())));
    }

    @Test
    void thePortMayComeFromTheEnvironment() throws IOException {
        storeToken();
        portcullis.port(1).environment.put("OPENCLAW_GATEWAY_PORT", String.valueOf(gateway.port()));

        assertEquals(FakeGateway.TOKEN, sent());
    }

    @Test
    void noFileIsReadWhenTheCommandLineSaysAll() {
        portcullis.problems("broken");

        CommandRunner.Ran ran =
                portcullis.run("sessions", "list", "--url", gateway.url(), "--token", FakeGateway.TOKEN);

        assertAll(() -> assertEquals(0, ran.exit(), ran.err()), () -> assertEquals(0, portcullis.reads()));
    }

    @Test
    void aWrongTokenIsNamedByItsSourceAndNeverPrinted() {
        CommandRunner.Ran ran = portcullis.run("sessions", "list", "--token", "wrong-secret-value");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertTrue(
                        ran.err().contains("refused the credential (HTTP 401)")
                                && ran.err().contains("from --token"),
                        ran.err()),
                () -> assertFalse((ran.out() + ran.err()).contains("wrong-secret-value")));
    }

    @Test
    void aMissingTokenSaysWhereItWasLookedFor() {
        CommandRunner.Ran ran = portcullis.run("sessions", "list");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertTrue(ran.err().contains("PORTCULLIS_GATEWAY_TOKEN"), ran.err()),
                () -> assertTrue(
                        ran.err().contains(stateDir.resolve("gateway.token").toString()), ran.err()));
    }

    @Test
    void aUrlWithAPasswordInItIsRefusedWithoutRepeatingIt() {
        CommandRunner.Ran ran = portcullis.run("sessions", "list", "--url", "http://me:sesame@127.0.0.1:1");

        assertAll(() -> assertEquals(2, ran.exit()), () -> assertFalse(ran.err().contains("sesame"), ran.err()));
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsRefusedWithoutRepeatingIt() {
        CommandRunner.Ran ran = portcullis.run("sessions", "list", "--token", "bad\nsecret");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertFalse(ran.err().contains("secret"), ran.err()),
                () -> assertTrue(gateway.asked().isEmpty()));
    }
}
