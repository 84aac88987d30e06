package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.Document;
import dev.portcullis.gateway.runtime.ExternalProgram;
import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.http.PathNamesTest.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real proxies in front: what they keep out by path stays out, and whom they vouch for is whom they asked. */
@Timeout(180)
class ProxiesTest {
    private static final String CALL = "{\"tool\":\"agents_list\"}";
    private static final String CLIENT = "203.0.113.5";
    private static final String USER = "ada@example.org";

    /** What only a tool, an operator's view or the page of metrics answers. */
    private static final List<String> KEPT_OUT = List.of("\"result\"", "\"plugins\"", "portcullis_");

    @TempDir
    Path folder;

    private final Map<String, Integer> ports = new LinkedHashMap<>();

    private String resource(String name) throws IOException {
        try (InputStream in = ProxiesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A file with a free port for each name that begins with an at sign. */
    private Path configured(String name, String text) throws IOException {
        Matcher names = Pattern.compile("@(\\w+)@").matcher(text);
        StringBuilder filled = new StringBuilder();
        while (names.find()) {
            String value = names.group(1).equals("folder") ? folder.toString() : String.valueOf(port(names.group(1)));
            names.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return Files.writeString(folder.resolve(name), names.appendTail(filled));
    }

    private int port(String name) throws IOException {
        Integer known = ports.get(name);
        if (known == null) {
            known = ProxyProcess.freePort();
            ports.put(name, known);
        }
        return known;
    }

    private ProxyProcess nginx(Path file, String listens) throws Exception {
        return ProxyProcess.start(
                folder,
                port(listens),
                List.of(
                        ExternalProgram.find("nginx").toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        file.toString()));
    }

    private ProxyProcess haproxy(Path file, String listens) throws Exception {
        return ProxyProcess.start(
                folder,
                port(listens),
                List.of(ExternalProgram.find("haproxy").toString(), "-db", "-f", file.toString()));
    }

    /**
     * The block of {@code docs/operating.md} in that language, with the ports of this test, and an address of somewhere else:
     * clients of the test are on loopback, which no proxy vouches for.
     */
    private String documented(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Document.of("operating.md").section("### Behind nginx or HAProxy"));
        assertTrue(block.find(), language);
        return block.group(1)
                .replace("$remote_addr", CLIENT)
                .replace("%[src]", CLIENT)
                .replace("127.0.0.1:18789", "127.0.0.1:@gateway@")
                .replace("127.0.0.1:8443", "127.0.0.1:@front@")
                .replace("127.0.0.1:4180", "127.0.0.1:@signOn@");
    }

    private TestGateway withToken() throws Exception {
        return start("trustedProxies: ['127.0.0.1'], auth: {token: '" + TestGateway.TOKEN + "'}");
    }

    private TestGateway withUsers() throws Exception {
        return start("trustedProxies: ['127.0.0.1'], auth: {mode: 'trusted-proxy', trustedProxy:"
                + " {userHeader: 'x-forwarded-user', requiredHeaders: ['x-forwarded-proto'], allowLoopback: true}}");
    }

    private TestGateway start(String gateway) throws Exception {
        TestGateway started = TestGateway.start(
                Files.createDirectory(folder.resolve("gateway")), "{gateway: {port: 0, " + gateway + "}}");
        ports.put("gateway", started.port());
        return started;
    }

    /** All that comes back; what a proxy does with a request that it refuses is its own affair. */
    private static String send(int port, String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(request);
            return new String(client.socket().getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    private static boolean lets(String answer) {
        return KEPT_OUT.stream().anyMatch(answer::contains);
    }

    private List<String> throughTo(String front) throws IOException {
        List<String> through = new ArrayList<>();
        for (Target target : PathNamesTest.targets()) {
            if (lets(send(port(front), target.request()))) {
                through.add(front + " " + target.sent());
            }
        }
        return through;
    }

    private static String call(String target, String... headers) {
        return "POST " + target + " HTTP/1.1\r\nHost: tools.example\r\nContent-Type: application/json\r\n"
                + String.join("", List.of(headers)) + "Content-Length: " + CALL.length()
                + "\r\nConnection: close\r\n\r\n" + CALL;
    }

    private static String get(String target, String... headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: tools.example\r\n" + String.join("", List.of(headers))
                + "Connection: close\r\n\r\n";
    }

    private int upgrade(String target) throws IOException {
        try (RawClient client = new RawClient(port("front"))) {
            return client.send("GET " + target + " HTTP/1.1\r\nHost: tools.example\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .readHead()
                    .status();
        }
    }

    @Test
    void whatNginxKeepsOutByPathStaysOut() throws Exception {
        try (TestGateway gateway = withToken();
                ProxyProcess proxy = nginx(configured("nginx.conf", resource("nginx.conf")), "denies")) {
            List<String> through = throughTo("denies");
            through.addAll(throughTo("allows"));
            through.addAll(throughTo("mixed"));
            through.addAll(throughTo("parts"));

            assertEquals(List.of(), through);
            assertTrue(send(port("allows"), get("/healthz")).startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void whatHaproxyKeepsOutByPathStaysOut() throws Exception {
        try (TestGateway gateway = withToken();
                ProxyProcess proxy = haproxy(configured("haproxy.cfg", resource("haproxy.cfg")), "denies")) {
            List<String> through = throughTo("denies");
            through.addAll(throughTo("allows"));
            through.addAll(throughTo("normalizes"));

            assertEquals(List.of(), through);
            ports.put("front", port("allows"));
            assertEquals(200, upgrade("/healthz"));
        }
    }

    @Test
    void documentedNginxVouchesForWhomItAsked() throws Exception {
        TestGateway gateway = withUsers();
        Path snippet = configured("snippet.conf", documented("nginx"));
        Path all = configured("nginx.conf", resource("nginx-documented.conf").replace("@snippet@", snippet.toString()));
        try (gateway;
                ProxyProcess proxy = nginx(all, "front")) {
            vouchesForWhomItAsked("Cookie: session=" + USER + "\r\n", gateway);
        }
    }

    @Test
    void documentedHaproxyVouchesForWhomItAsked() throws Exception {
        TestGateway gateway = withUsers();
        Path all = configured(
                "haproxy.cfg", resource("haproxy-documented.cfg").replace("@snippet@", documented("haproxy")));
        try (gateway;
                ProxyProcess proxy = haproxy(all, "front")) {
            // ada@example.org:change-me
            vouchesForWhomItAsked("Authorization: Basic YWRhQGV4YW1wbGUub3JnOmNoYW5nZS1tZQ==\r\n", gateway);
        }
    }

    private void vouchesForWhomItAsked(String signedOn, TestGateway gateway) throws Exception {
        int front = port("front");
        String madeUp = "X-Forwarded-User: eve@example.org\r\nX-Forwarded-For: 198.51.100.66\r\n";
        String records = gateway.state().resolve("audit.jsonl").toString();

        assertTrue(send(front, call("/tools/invoke", signedOn, madeUp)).contains("\"result\""));
        assertTrue(send(front, call("/tools/invoke", madeUp)).startsWith("HTTP/1.1 401"));
        assertTrue(send(front, get("/healthz", madeUp)).startsWith("HTTP/1.1 200"));
        assertTrue(send(front, get("/readyz", madeUp, "Authorization: Bearer x\r\n"))
                .endsWith("\r\n\r\n{\"ready\":true}"));
        assertNotEquals(101, upgrade("/healthz"));
        for (Target target : PathNamesTest.targets()) {
            String answer = send(front, call(target.sent(), madeUp));
            assertFalse(lets(answer), () -> target.sent() + "\n" + answer);
        }
        gateway.close();
        String audit = Files.readString(Path.of(records));
        assertTrue(audit.contains(USER), audit);
        assertTrue(audit.contains(CLIENT), audit);
        assertFalse(audit.contains("eve@example.org"), audit);
        assertFalse(audit.contains("198.51.100.66"), audit);
    }
}
