package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.config.RemoteConfig;
import dev.portcullis.gateway.runtime.config.Secret;
import dev.portcullis.gateway.runtime.tls.TestAuthority;
import dev.portcullis.gateway.runtime.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask gateways elsewhere: by a certificate that an authority issued, by one that is pinned, in plain text. */
class RemoteGatewayTest {
    private static final String PLAIN = "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN + "'}}}";
    private static final String OTHER = "ab".repeat(32);

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static TlsFiles issued;
    private static TestGateway chained;
    private static TestGateway ended;
    private static TestGateway misnamed;
    private static TestGateway plain;

    @TempDir
    Path state;

    private CommandRunner runner;

    @BeforeAll
    static void start() throws Exception {
        authority = new TestAuthority(folder);
        issued = authority.issue("gateway");
        chained = encrypted("chained", issued);
        ended = encrypted("ended", authority.issueEnded("ended"));
        misnamed = encrypted("misnamed", authority.issueForAnother("another"));
        plain = TestGateway.start(Files.createDirectory(folder.resolve("plain-gateway")), PLAIN);
    }

    private static TestGateway encrypted(String name, TlsFiles files) throws Exception {
        return TestGateway.start(
                Files.createDirectory(folder.resolve(name + "-gateway")),
                PLAIN.replace(
                        "port: 0,",
                        "port: 0, tls: {enabled: true, certPath: '" + files.certificate() + "', keyPath: '"
                                + files.key() + "', caPath: '" + authority.between() + "'},"));
    }

    @AfterAll
    static void stop() {
        chained.close();
        ended.close();
        misnamed.close();
        plain.close();
    }

    @BeforeEach
    void prepare() {
        runner = new CommandRunner(state);
    }

    private CommandRunner.Ran invoke(String scheme, TestGateway gateway, String... more) {
        return run(List.of("invoke", "agents_list"), scheme, gateway, more);
    }

    private CommandRunner.Ran call(String scheme, TestGateway gateway, String... more) {
        return run(List.of("gateway", "call", "health"), scheme, gateway, more);
    }

    private CommandRunner.Ran run(List<String> command, String scheme, TestGateway gateway, String... more) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--url", scheme + "://127.0.0.1:" + gateway.port(), "--token", TestGateway.TOKEN));
        arguments.addAll(List.of(more));
        return runner.run(arguments.toArray(String[]::new));
    }

    private void configured(String url, String token, String fingerprint) {
        runner.remote(new RemoteConfig(
                true,
                Optional.of(url).filter(text -> !text.isEmpty()).map(URI::create),
                Optional.of(new Secret(token)),
                Optional.empty(),
                Optional.of(fingerprint).filter(text -> !text.isEmpty())));
    }

    private static void assertDone(CommandRunner.Ran ran) {
        assertEquals(0, ran.exit(), ran::err);
    }

    private static void assertRefused(CommandRunner.Ran ran, String... parts) {
        assertEquals(1, ran.exit(), ran::out);
        for (String part : parts) {
            assertTrue(ran.err().contains(part), ran::err);
        }
        assertFalse(ran.err().contains(TestGateway.TOKEN), ran::err);
    }

    @Test
    void configuredGatewayIsShownAsTheOneElsewhere() {
        configured("http://127.0.0.1:" + plain.port(), "wrong-token-0123456789abcdef", "");

        CommandRunner.Ran health = runner.run("--json", "health");
        CommandRunner.Ran probe = runner.run("--json", "gateway", "probe");

        assertEquals(1, health.exit(), health::out);
        assertTrue(health.out().contains("config gateway.remote.url"), health::out);
        assertTrue(probe.out().contains("configRemote"), probe::err);
    }

    @Test
    void certificatesBetweenRootAndGatewayAreSentAlong() throws Exception {
        String root = authority.root().toString();

        assertDone(invoke("https", chained, "--ca-file", root));
        assertDone(call("wss", chained, "--ca-file", root));
    }

    @Test
    void rootThatNobodyNamedIsNotBelieved() {
        assertRefused(invoke("https", chained), "one that nobody known here vouches for", "--ca-file");
    }

    @Test
    void certificateThatHasEndedIsCalledThat() throws Exception {
        String root = authority.root().toString();

        assertRefused(invoke("https", ended, "--ca-file", root), ") ended at ", "it has to be renewed");
        assertRefused(
                call("wss", ended, "--ca-file", root),
                "No encrypted connection to ",
                ") ended at ",
                "it has to be renewed");
    }

    @Test
    void certificateForAnotherNameIsCalledThat() throws Exception {
        String root = authority.root().toString();

        assertRefused(invoke("https", misnamed, "--ca-file", root), "for another name than 127.0.0.1");
        assertRefused(call("wss", misnamed, "--ca-file", root), "for another name than 127.0.0.1");
    }

    @Test
    void plainTextToAGatewayThatEncryptsSaysSo() {
        assertRefused(invoke("http", chained), "encrypts, and was asked in plain text", "https:// or wss://");
        assertRefused(call("ws", chained), "wss:// or https:// if the gateway encrypts");
    }

    @Test
    void encryptionToAGatewayThatDoesNotEncryptSaysSo() {
        assertRefused(invoke("https", plain), "does not speak TLS 1.3", "http:// or ws://");
        assertRefused(call("wss", plain), "does not speak TLS 1.3", "http:// or ws://");
    }

    @Test
    void configuredGatewayElsewhereIsAskedWithItsOwnTokenAndPin() throws Exception {
        configured(
                "https://127.0.0.1:" + chained.port(),
                TestGateway.TOKEN,
                TestAuthority.fingerprint(issued).replace(":", "").toLowerCase(java.util.Locale.ROOT));

        assertDone(runner.run("invoke", "agents_list"));
        assertDone(runner.run("gateway", "call", "health"));
    }

    @Test
    void configuredPinHoldsForItsUrlOnTheCommandLineToo() {
        configured("https://127.0.0.1:" + chained.port(), "unused", OTHER);

        assertRefused(runner.run("invoke", "agents_list"), "and not AB:AB", "it is another gateway");
        assertRefused(invoke("https", chained), "and not AB:AB");
    }

    @Test
    void tokenOfTheGatewayElsewhereIsSentNowhereElse() throws IOException {
        try (FakeGateway another = new FakeGateway()) {
            configured("https://127.0.0.1:" + chained.port(), "only-for-the-one", "");

            runner.run("sessions", "list", "--url", another.url());

            assertEquals("", another.last().authorization());
        }
    }

    @Test
    void tokenOfTheLocalGatewayIsNotSentElsewhere() throws IOException {
        try (FakeGateway elsewhere = new FakeGateway()) {
            Files.writeString(state.resolve("gateway.token"), "of-the-local-one");
            runner.token("of-the-configuration")
                    .remote(new RemoteConfig(
                            true,
                            Optional.of(URI.create(elsewhere.url())),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));

            CommandRunner.Ran ran = runner.run("sessions", "list");

            assertEquals("", elsewhere.last().authorization());
            assertRefused(ran, "gateway.remote of ");
        }
    }

    @Test
    void portStillNamesTheLocalGateway() {
        configured("https://127.0.0.1:" + chained.port(), "unused", OTHER);

        assertDone(runner.run(
                "invoke", "agents_list", "--port", String.valueOf(plain.port()), "--token", TestGateway.TOKEN));
    }

    @Test
    void clientWithoutAUrlIsAWrongConfiguration() {
        configured("", "unused", "");

        CommandRunner.Ran ran = runner.run("invoke", "agents_list");

        assertEquals(78, ran.exit());
        assertTrue(ran.err().contains("gateway.remote.url does not say where the gateway is"), ran::err);
    }

    @Test
    void configuredGatewayInPlainTextSomewhereInTheWorldIsRefused() {
        configured("http://203.0.113.7:1", TestGateway.TOKEN, "");

        CommandRunner.Ran ran = runner.run("invoke", "agents_list");

        assertEquals(2, ran.exit());
        assertTrue(ran.err().contains("gateway.remote.url http://203.0.113.7:1 is neither encrypted"), ran::err);
        assertFalse(ran.err().contains(TestGateway.TOKEN));
    }
}
