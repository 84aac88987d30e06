package dev.portcullis.gateway.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.TestGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway behind real TLS sockets. */
@Timeout(120)
class EncryptedGatewayTest {
    private static final String CONFIG = "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN
            + "'}, tls: {enabled: true}}, tools: {alsoAllow: ['sleep']}}";
    private static final String GET = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir
    Path folder;

    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> tool = new LinkedBlockingQueue<>();
    private final Logger logger = Logger.getLogger(ServerTls.class.getName());
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            said.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        logger.addHandler(ear);
        // whatever a log of another test was set to
        logger.setLevel(Level.INFO);
        gateway = TestGateway.start(folder, CONFIG, sleeper());
        said.clear();
    }

    @AfterEach
    void stop() {
        gateway.close();
        logger.removeHandler(ear);
        logger.setLevel(null);
    }

    private ToolProvider sleeper() {
        return new ToolProvider() {
            @Override
            public String name() {
                return "sleeper";
            }

            @Override
            public List<Tool> tools(PluginContext context) {
                return List.of(Tool.of(
                        ToolDescriptor.named("sleep").description("Sleeps").build(), call -> {
                            tool.add("began");
                            try {
                                Thread.sleep(60_000);
                            } catch (InterruptedException cancelled) {
                                tool.add("interrupted");
                                throw cancelled;
                            }
                            return ToolResult.text("slept");
                        }));
            }
        };
    }

    private Path certificate() {
        return gateway.state().resolve("gateway/tls/gateway-cert.pem");
    }

    private Path key() {
        return gateway.state().resolve("gateway/tls/gateway-key.pem");
    }

    private HttpClient client() throws TlsException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trust.ofCertificate(certificate()).context())
                .build();
    }

    private HttpRequest.Builder invocation(String name) {
        return HttpRequest.newBuilder(gateway.gateway().address().resolve("/tools/invoke"))
                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("{\"tool\":\"" + name + "\"}"));
    }

    private SSLSocket connect(Trust trust, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) trust.context().getSocketFactory().createSocket("127.0.0.1", gateway.port());
        socket.setSoTimeout(30_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private static String ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String status = in.readLine();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        in.skip(length);
        return status;
    }

    private static TlsFiles another(Path folder) throws TlsException {
        TlsFiles files = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"), Optional.empty());
        CertificateMaker.ofJdk().make(files, List.of("dns:localhost", "ip:127.0.0.1"));
        return files;
    }

    private static void put(Path from, Path to) throws IOException {
        Path beside = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private String heard(String part) throws InterruptedException {
        for (String line = said.poll(30, TimeUnit.SECONDS); line != null; line = said.poll(30, TimeUnit.SECONDS)) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("nobody said " + part);
    }

    private Optional<Fingerprint> served() throws IOException {
        Trust anybody = Trust.ofSystem();
        try (SSLSocket socket = connect(anybody)) {
            assertThrows(SSLException.class, socket::startHandshake);
        }
        return anybody.shown();
    }

    @Test
    void toolIsInvokedOverTls13() throws Exception {
        HttpResponse<String> answer =
                client().send(invocation("agents_list").build(), HttpResponse.BodyHandlers.ofString());

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("https", gateway.gateway().address().getScheme());
        assertEquals("TLSv1.3", answer.sslSession().orElseThrow().getProtocol());
    }

    @Test
    void certificateIsMadeForThisMachineAndKeyIsForNobodyElse() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(certificate())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key().getParent())));
        assertEquals(
                gateway.gateway().report().place().fingerprint().orElseThrow(),
                served().orElseThrow().toString());
        try (SSLSocket named = connect(Trust.ofAuthorities(certificate()))) {
            var parameters = named.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            named.setSSLParameters(parameters);
            named.startHandshake();
        }
    }

    @Test
    void sameCertificateIsServedAfterARestart() throws Exception {
        byte[] before = Files.readAllBytes(certificate());
        gateway.close();

        gateway = TestGateway.start(folder, CONFIG, sleeper());

        assertArrayEquals(before, Files.readAllBytes(certificate()));
    }

    @Test
    void olderTlsIsRefused() throws Exception {
        try (SSLSocket old = (SSLSocket)
                javax.net.ssl.SSLContext.getDefault().getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
            old.setSoTimeout(30_000);
            old.setEnabledProtocols(new String[] {"TLSv1.2"});

            SSLException refused = assertThrows(SSLException.class, old::startHandshake);

            assertTrue(refused.getMessage().contains("protocol_version"), refused::getMessage);
        }
    }

    @Test
    void plainHttpIsToldWhatIsSpokenHere() throws Exception {
        try (Socket plain = new Socket("127.0.0.1", gateway.port())) {
            plain.setSoTimeout(30_000);
            plain.getOutputStream().write((GET + "\r\n").getBytes(StandardCharsets.US_ASCII));

            String all = new String(plain.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertTrue(all.startsWith("HTTP/1.1 400 Bad Request\r\n"), all);
            assertTrue(all.endsWith("\r\n\r\nThis port speaks HTTPS, not HTTP."), all);
        }
    }

    @Test
    void whoSpeaksNeitherHearsNothing() throws Exception {
        try (Socket stranger = new Socket("127.0.0.1", gateway.port())) {
            stranger.setSoTimeout(30_000);
            stranger.getOutputStream().write(new byte[] {0, 1, 2, 3});

            assertEquals(-1, stranger.getInputStream().read());
        }
    }

    @Test
    void answerEndsWithTheGoodbyeOfTls() throws Exception {
        try (SSLSocket socket = connect(Trust.ofCertificate(certificate()))) {
            socket.getOutputStream().write((GET + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            // without it this would be an exception
            byte[] all = socket.getInputStream().readAllBytes();

            assertTrue(new String(all, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void renewedCertificateIsServedWithoutEndingAConnection() throws Exception {
        try (SSLSocket open = connect(Trust.ofCertificate(certificate()))) {
            assertEquals("HTTP/1.1 200 OK", ask(open, GET + "\r\n"));
            Fingerprint before = served().orElseThrow();
            TlsFiles next = another(Files.createDirectory(folder.resolve("next")));

            put(next.key(), key());
            put(next.certificate(), certificate());
            heard("New connections are served with another certificate");

            assertNotEquals(before, served().orElseThrow());
            assertEquals("HTTP/1.1 200 OK", ask(open, GET + "\r\n"));
        }
    }

    @Test
    void renewalThatDoesNotFitIsLeftOutAndSaid() throws Exception {
        Fingerprint before = served().orElseThrow();

        put(another(Files.createDirectory(folder.resolve("next"))).certificate(), certificate());
        String why = heard("The certificate was not replaced");

        assertTrue(why.contains("is not the one of the certificate in " + certificate()), why);
        assertEquals(before, served().orElseThrow());
    }

    @Test
    void renewalThatHasEndedIsLeftOutAndSaid() throws Exception {
        Fingerprint before = served().orElseThrow();
        TlsFiles next = new TestAuthority(Files.createDirectory(folder.resolve("next"))).issueEnded("ended");

        put(next.key(), key());
        put(next.certificate(), certificate());
        String why = heard("does not hold now");

        assertTrue(why.contains("The certificate was not replaced; the one of before is served still"), why);
        assertTrue(why.contains(before.toString()), why);
        assertEquals(before, served().orElseThrow());
    }

    @Test
    void certificateThatVouchesForTheSameOneIsTaken() throws Exception {
        TestAuthority authority = new TestAuthority(Files.createDirectory(folder.resolve("next")));
        TlsFiles issued = authority.issue("issued");
        put(issued.key(), key());
        put(issued.certificate(), certificate());
        heard("New connections are served with another certificate");

        put(
                Files.writeString(
                        folder.resolve("chain.pem"),
                        Files.readString(issued.certificate()) + Files.readString(authority.between())),
                certificate());
        heard("New connections are served with another certificate");

        try (SSLSocket socket = connect(Trust.ofAuthorities(authority.root()))) {
            assertEquals("HTTP/1.1 200 OK", ask(socket, GET + "\r\n"));
        }
    }

    @Test
    void hangUpCancelsTheTool() throws Exception {
        String body = "{\"tool\":\"sleep\"}";
        try (SSLSocket socket = connect(Trust.ofCertificate(certificate()))) {
            socket.getOutputStream()
                    .write(("POST /tools/invoke HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + TestGateway.TOKEN + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            assertEquals("began", tool.poll(30, TimeUnit.SECONDS));
        }

        assertEquals("interrupted", tool.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void webSocketRunsOverTls() throws Exception {
        LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
        WebSocket socket = client().newWebSocketBuilder()
                .buildAsync(URI.create("wss://127.0.0.1:" + gateway.port()), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        frames.add(text.toString());
                        return null;
                    }
                })
                .get(30, TimeUnit.SECONDS);

        assertTrue(frames.poll(30, TimeUnit.SECONDS).contains("connect.challenge"));
        socket.abort();
    }

    @Test
    void largeBodiesPassBothWays() throws Exception {
        HttpResponse<String> answer = client().send(
                        invocation("agents_list")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"tool\":\"agents_list\",\"pad\":\"" + "x".repeat(1_900_000) + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertEquals(200, answer.statusCode(), answer.body());
    }
}
