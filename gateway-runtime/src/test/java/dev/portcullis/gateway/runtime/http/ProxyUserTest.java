package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users whom a proxy names, from the bytes of its header to the record of what they did. */
class ProxyUserTest {
    @TempDir
    Path folder;

    private static int ask(TestGateway gateway, byte[] user) throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            return client.send("POST /tools/invoke HTTP/1.1\r\nHost: gw.example\r\nContent-Length: 22\r\n"
                            + "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-User: ")
                    .send(user)
                    .ask("\r\n\r\n{\"tool\":\"agents_list\"}")
                    .status();
        }
    }

    private static byte[] utf8(String user) {
        return user.getBytes(StandardCharsets.UTF_8);
    }

    private TestGateway start(String allowed) throws Exception {
        return TestGateway.start(
                folder,
                "{gateway: {port: 0, trustedProxies: ['127.0.0.1'], auth: {mode: 'trusted-proxy', trustedProxy:"
                        + " {userHeader: 'x-forwarded-user', allowLoopback: true, allowUsers: [" + allowed + "]}}}}");
    }

    private static String ready(TestGateway gateway, String headers) throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            return client.ask("GET /readyz HTTP/1.1\r\nHost: gw.example\r\n" + headers + "\r\n")
                    .body();
        }
    }

    @Test
    void probeKnowsNobodyByTheProxysHeader() throws Exception {
        try (TestGateway gateway = start("")) {
            String anybody = ready(gateway, "X-Forwarded-For: 203.0.113.7\r\n");

            String madeUp = ready(
                    gateway,
                    "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-User: ada\r\nAuthorization: Bearer anything\r\n");

            assertEquals("{\"ready\":true}", anybody);
            assertEquals(anybody, madeUp);
        }
    }

    @Test
    void usersWithUmlautsAreKeptApart() throws Exception {
        TestGateway gateway = start("");

        List<Integer> status = List.of(ask(gateway, utf8("j\u00f6rg")), ask(gateway, utf8("j\u00e4rg")));
        gateway.close();

        assertEquals(List.of(200, 200), status);
        List<String> records = gateway.auditLines();
        assertTrue(records.get(0).contains("\"j\u00f6rg\""), records::toString);
        assertTrue(records.get(1).contains("\"j\u00e4rg\""), records::toString);
    }

    @Test
    void userWithAnUmlautCanBeListed() throws Exception {
        try (TestGateway gateway = start("'j\u00f6rg'")) {
            assertEquals(200, ask(gateway, utf8("j\u00f6rg")));
            assertEquals(401, ask(gateway, utf8("j\u00e4rg")));
        }
    }

    @Test
    void bytesThatAreNoTextAreNoUser() throws Exception {
        try (TestGateway gateway = start("")) {
            assertEquals(401, ask(gateway, "j\u00f6rg".getBytes(StandardCharsets.ISO_8859_1)));
        }
    }
}
