package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.http.RawClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no secret is shown, a request is believed only if it names this gateway: a page whose name was rebound does not. */
class UnprovenHostTest {
    private static final String OPEN = "{gateway: {port: 0, auth: {mode: 'none'}}}";
    private static final String CALL = "{\"tool\":\"agents_list\"}";

    @TempDir
    Path folder;

    private static Answer ask(TestGateway gateway, String line, String host, String body) throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            return client.ask(
                    line + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /portcullis/v1/config",
                "HEAD /portcullis/v1/config",
                "GET /portcullis/v1/sessions",
                "POST /portcullis/v1/sessions",
                "GET /metrics",
                "POST /tools/invoke"
            })
    void reboundNameReachesNothing(String line) throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, OPEN)) {
            for (String host : new String[] {"evil.example:18789", "evil.local", "evil.ts.net", "0.0.0.0:18789"}) {
                // an answer to HEAD has no body to be waited for
                try (RawClient client = new RawClient(gateway.port())) {
                    String body = line.startsWith("POST") ? CALL : "";
                    client.send(line + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + body.length()
                            + "\r\n\r\n" + body);
                    assertEquals(401, client.readHead().status(), host);
                }
            }
        }
    }

    @Test
    void ownNamesReachIt() throws Exception {
        try (TestGateway gateway = TestGateway.start(
                folder, "{gateway: {port: 0, auth: {mode: 'none'}, publicOrigin: 'https://tools.example'}}")) {
            for (String host : new String[] {"localhost", "127.0.0.1:18789", "[::1]", "tools.example"}) {
                assertEquals(
                        200, ask(gateway, "GET /portcullis/v1/status", host, "").status(), host);
                assertEquals(200, ask(gateway, "POST /tools/invoke", host, CALL).status(), host);
            }
        }
    }

    @Test
    void secretIsAskedNoName() throws Exception {
        try (TestGateway gateway =
                        TestGateway.start(folder, "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN + "'}}}");
                RawClient client = new RawClient(gateway.port())) {
            Answer answer =
                    client.ask("GET /portcullis/v1/status HTTP/1.1\r\nHost: any.example\r\nAuthorization: Bearer "
                            + TestGateway.TOKEN + "\r\n\r\n");

            assertEquals(200, answer.status());
        }
    }

    @Test
    void openMetricsAreForOwnNames() throws Exception {
        try (TestGateway gateway = TestGateway.start(
                folder,
                "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN
                        + "'}}, diagnostics: {metrics: {openToLoopback: true}}}")) {
            assertEquals(200, ask(gateway, "GET /metrics", "localhost", "").status());
            assertEquals(401, ask(gateway, "GET /metrics", "evil.example", "").status());
        }
    }

    @Test
    void detailsOfProbesAreForOwnNames() throws Exception {
        try (TestGateway gateway =
                TestGateway.start(folder, "{gateway: {port: 0, auth: {token: '" + TestGateway.TOKEN + "'}}}")) {
            assertTrue(ask(gateway, "GET /readyz", "localhost", "").body().contains("uptimeMs"));
            assertEquals(
                    "{\"ready\":true}",
                    ask(gateway, "GET /readyz", "evil.example", "").body());
        }
    }

    @Test
    void refusalIsRecordedWithItsReason() throws Exception {
        TestGateway gateway = TestGateway.start(folder, OPEN);
        ask(gateway, "POST /tools/invoke", "evil.example", CALL);
        gateway.close();

        String records = Files.readString(gateway.state().resolve("audit-refused.jsonl"));
        assertTrue(records.contains("host_not_allowed"), records);
        assertFalse(records.contains("evil.example"), records);
    }
}
