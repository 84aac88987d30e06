package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a real gateway that encrypts with a certificate of its own making. */
class EncryptedCommandsTest {
    private static final String OTHER = "ab".repeat(32);

    @TempDir
    static Path folder;

    private static TestGateway gateway;
    private static String fingerprint;

    @TempDir
    Path state;

    private CommandRunner runner;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(
                folder, "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN + "'}, tls: {enabled: true}}}");
        fingerprint = gateway.gateway().report().place().fingerprint().orElseThrow();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void prepare() {
        runner = new CommandRunner(state).port(gateway.port()).token(TestGateway.TOKEN);
    }

    private static Path certificate() {
        return gateway.state().resolve("gateway/tls/gateway-cert.pem");
    }

    private CommandRunner.Ran remotely(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "invoke", "agents_list", "--url", "https://127.0.0.1:" + gateway.port(), "--token", TestGateway.TOKEN));
        arguments.addAll(List.of(more));
        return runner.run(arguments.toArray(String[]::new));
    }

    @Test
    void localGatewayIsKnownByItsOwnCertificate() {
        runner.tls(certificate());

        CommandRunner.Ran invoked = runner.run("invoke", "agents_list");
        CommandRunner.Ran probed = runner.run("gateway", "probe");

        assertEquals(0, invoked.exit(), invoked::err);
        assertEquals(0, probed.exit(), probed::err);
        assertTrue(probed.out().contains("Reachable: yes"), probed::out);
    }

    @Test
    void pinnedGatewayIsBelieved() {
        CommandRunner.Ran ran = remotely("--tls-fingerprint", fingerprint);

        assertEquals(0, ran.exit(), ran::err);
    }

    @Test
    void gatewayThatAnAuthorityVouchesForIsBelieved() {
        CommandRunner.Ran ran = remotely("--ca-file", certificate().toString());

        assertEquals(0, ran.exit(), ran::err);
    }

    @Test
    void unknownCertificateIsRefusedAndShown() {
        CommandRunner.Ran ran = remotely();

        assertEquals(1, ran.exit());
        assertTrue(ran.err().contains(fingerprint), ran::err);
        assertTrue(ran.err().contains("--tls-fingerprint"), ran::err);
    }

    @Test
    void anotherCertificateThanThePinnedOneIsRefused() {
        CommandRunner.Ran invoked = remotely("--tls-fingerprint", OTHER);
        CommandRunner.Ran called = runner.run(
                "gateway",
                "call",
                "health",
                "--url",
                "wss://127.0.0.1:" + gateway.port(),
                "--token",
                TestGateway.TOKEN,
                "--tls-fingerprint",
                OTHER);

        assertEquals(1, invoked.exit());
        assertTrue(invoked.err().contains("it is another gateway"), invoked::err);
        assertEquals(1, called.exit());
        assertTrue(called.err().contains("it is another gateway"), called::err);
    }

    @Test
    void credentialIsNotSentInPlainTextToTheWorld() {
        CommandRunner.Ran ran =
                runner.run("invoke", "agents_list", "--url", "http://203.0.113.7:1", "--token", TestGateway.TOKEN);

        assertEquals(2, ran.exit());
        assertTrue(ran.err().contains("use https:// or wss://"), ran::err);
        assertFalse(ran.err().contains(TestGateway.TOKEN));
    }

    @Test
    void fingerprintThatIsNoneIsRefused() {
        CommandRunner.Ran ran = remotely("--tls-fingerprint", "abc");

        assertEquals(2, ran.exit());
        assertTrue(ran.err().contains("is no SHA-256 fingerprint"), ran::err);
    }
}
